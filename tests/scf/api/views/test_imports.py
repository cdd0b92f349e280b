"""Hand in files and follow them: the set is the key, a party sees its own."""

from django.core.files.uploadedfile import SimpleUploadedFile

from scf.journeys.importing import import_run
from tests.scf.api.conftest import Machines
from tests.scf.imports.chain import invoice_row, table


def file(content: bytes, name: str = "invoices.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def test_a_set_is_taken_once_and_followed_to_its_end(machines: Machines) -> None:
    client, content = machines("supplier"), table([invoice_row(), invoice_row(invoice_line="2")])
    first, again = (
        client.post("/api/v1/imports", {"files": [file(content)]}, format="multipart")
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 200)
    batch = first.json()
    assert (batch["state"], again.json()["id"]) == ("received", batch["id"])
    import_run(batch_id=batch["id"], at=machines.stage.world.at)
    read = client.get(first.headers["Location"]).json()
    counts = read["counts"]
    assert counts.pop("read") == sum(counts.values()) == 2
    assert read["state"] == "dry_run"
    assert {issue["code"] for issue in read["issues"]}
    assert client.get("/api/v1/imports").json()["count"] == 1


def test_a_batch_of_another_firm_does_not_exist(machines: Machines) -> None:
    made = machines("supplier").post(
        "/api/v1/imports", {"files": [file(table([invoice_row()]))]}, format="multipart"
    )
    answer = machines("A").get(made.headers["Location"])
    assert (answer.status_code, answer.json()["code"]) == (404, "imports.batch_unknown")
    assert machines("ops").get(made.headers["Location"]).status_code == 200


def test_who_may_not_hand_in_is_told_so_before_the_files_are_read(machines: Machines) -> None:
    answer = machines("A").post("/api/v1/imports", {}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.denied")


def test_a_set_without_files_is_refused(machines: Machines) -> None:
    answer = machines("supplier").post("/api/v1/imports", {}, format="multipart")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"files"})
