"""The shapes of what is sent: texts from services and responses, `custom` objects for a page to draw."""

from collections.abc import Iterable, Sequence

from rasa_sdk.executor import CollectingDispatcher

from services import bootstrap
from services.answers import Answers
from services.questions import Answer

Button = dict[str, str]



def command(intent: str, **entities: str) -> str:
    """A button's payload: an intent and closed values, which only our own server turns into a command."""
    inside = ", ".join(f'"{name}": "{value}"' for name, value in entities.items())
    return f"/{intent}{{{inside}}}" if inside else f"/{intent}"


def say_answer(dispatcher: CollectingDispatcher, answer: Answer, answers: Answers, *, offers_next: bool) -> None:
    """The conclusion in one bubble; what stands behind it, and the next questions, in another."""
    custom = {
        "kind": "answer", "topic": answer.topic, "region": answer.region, "region_name": answer.region_name,
        "status": answer.outcome.value, "to_do": list(answer.to_do),
        "has_basis": bool(answer.basis),  # the message after this one
        "warnings": list(answer.warnings),
        "citations": [
            {"document": c.document, "clause": c.article, "date": c.issued_on.isoformat(), "issued": c.issued_in_full}
            for c in answer.citations
        ],
    }
    if not answer.conclusion:
        return
    dispatcher.utter_message(text=answer.conclusion, json_message=custom)
    if answer.basis:
        topics = answer.next_topics if offers_next else ()
        buttons = [{"title": answers.topic_title(topic), "payload": command(f"ask_{topic}")} for topic in topics]
        dispatcher.utter_message(text="\n".join(answer.basis), buttons=buttons)


def say_in_a_line(dispatcher: CollectingDispatcher, answer: Answer, answers: Answers) -> None:
    """The conclusion on a topic that may have been meant instead, with its source."""
    if not answer.conclusion or not answer.citations:
        return
    title = answers.topic_title(answer.topic)
    dispatcher.utter_message(
        response="utter_perhaps_meant", title=title, conclusion=answer.conclusion, sources=answer.sources,
        buttons=[{"title": title, "payload": command(f"ask_{answer.topic}")}],
    )


def say_side_by_side(
    dispatcher: CollectingDispatcher, given: Sequence[Answer], places: Sequence[str], answers: Answers
) -> None:
    """Several cases' conclusions, each under its place and with its source."""
    names = [answers.place_name(code) for code in places]
    lines = [answers.topic_title(given[0].topic)]
    for name, answer in zip(names, given, strict=True):
        source = f"（{answer.sources}）" if answer.sources else ""
        lines.append(f"{name}：{answer.conclusion or answers.no_conclusion()}{source}")
    warnings = dict.fromkeys(line for answer in given for line in answer.warnings)
    custom = {
        "kind": "side_by_side", "topic": given[0].topic, "title": answers.topic_title(given[0].topic),
        "sides": [
            {
                "place": name, "status": answer.outcome.value, "text": answer.conclusion or answers.no_conclusion(),
                "sources": answer.sources, "warnings": list(answer.warnings),
            }
            for name, answer in zip(names, given, strict=True)
        ],
    }
    dispatcher.utter_message(text="\n".join(lines), json_message=custom)
    if warnings:
        dispatcher.utter_message(text="\n".join(warnings))


def covered_places() -> str:
    """The places there are packs for, as one phrase."""
    return "、".join(name for _, name in bootstrap.answers().covered_region_names())


def ask_for_fact(dispatcher: CollectingDispatcher, slot: str, regions: Iterable[tuple[str, str]], **words: str) -> None:
    """Asks for one fact of the case, with quick replies."""
    buttons: list[Button] | None = None
    if slot == "insured_region":
        buttons = [{"title": name, "payload": command("inform", insured_region=code)} for code, name in regions]
        buttons.append({"title": words["elsewhere"], "payload": command("inform", insured_elsewhere="true")})
    kind = {"kind": "ask", "slot": slot, "input": "choice", "sensitive": False}
    dispatcher.utter_message(response=f"utter_ask_{slot}", buttons=buttons, json_message=kind, **words)
