"""Each number with the document that prints it."""

from dataclasses import replace

from real_packs import PACKS

from services.contact_sources import contacts_with_sources


def test_each_published_number_is_printed_in_a_document_of_its_region():
    for region in (*PACKS.covered, "000000"):
        assert all(printed.citation for printed in contacts_with_sources(PACKS, region))


def test_a_region_whose_documents_print_no_number_has_none():
    assert contacts_with_sources(PACKS, "371000") == ()


def test_a_number_that_no_provision_prints_has_no_source_and_a_part_of_one_is_no_number():
    unknown = replace(PACKS.contacts[0], phone="0514-8460105")
    [printed] = contacts_with_sources(replace(PACKS, contacts=(unknown,)), unknown.region)
    assert printed.citation is None
