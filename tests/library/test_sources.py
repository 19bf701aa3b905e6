"""Sources: folders that follow nothing, and web servers that answer as they please."""

import http.server
import os
import socket
import ssl
from pathlib import Path

import pytest
from serving import BRISK, HURRIED, Web, make_certificate, send, serve, serving

from desktop.errors import KnownError
from desktop.library.https import HttpsSource
from desktop.library.sources import FolderSource, NotThere, Refused, Unreachable, open_source

Handler = http.server.BaseHTTPRequestHandler
NAME = "targets/blob/thing.age"
DATA = bytes(range(256)) * 2000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "repository"
    (path / "targets/blob").mkdir(parents=True)
    (path / NAME).write_bytes(DATA)
    return path


def whole(source: HttpsSource | FolderSource, start: int = 0) -> bytes:
    return b"".join(source.stream(NAME, start))


class TestAddresses:
    def test_a_path_and_a_file_address_are_folders(self, folder: Path) -> None:
        for address in (str(folder), folder.as_uri()):
            source = open_source(address)
            assert source.read(NAME, len(DATA)) == DATA
            assert source.writable
            source.close()

    def test_a_file_address_may_hold_blanks(self, tmp_path: Path) -> None:
        (tmp_path / "board packs").mkdir()
        (tmp_path / "board packs" / "a").write_bytes(b"x")
        assert open_source((tmp_path / "board packs").as_uri()).read("a", 1) == b"x"

    @pytest.mark.parametrize(
        "address",
        [
            "http://example.org/packs",
            "ftp://example.org/",
            "https://",
            "https://user:word@example.org/",
            "https://example.org/?list=1",
            "https://example.org/#part",
            "https://[broken",
            "file://elsewhere/share",
            "javascript:alert(1)",
            "relative/folder",
            "",
            "/nul\0byte",
        ],
    )
    def test_other_addresses_are_refused_before_anything_is_contacted(self, address: str) -> None:
        with pytest.raises(KnownError, match="not an address"):
            open_source(address)

    def test_plain_http_is_for_this_machine_alone(self) -> None:
        source = open_source("http://127.0.0.1:1/x")
        assert not source.writable
        with pytest.raises(KnownError, match="Nothing can be written"):
            source.write("requests/a.age", b"")


class TestFolder:
    def test_a_missing_object_is_not_there(self, folder: Path) -> None:
        with pytest.raises(NotThere):
            FolderSource(folder).read("targets/none", 10)

    def test_a_missing_share_is_unreachable(self, tmp_path: Path) -> None:
        with pytest.raises(Unreachable, match="gone"):
            FolderSource(tmp_path / "gone").read("a", 1)

    def test_reading_stops_at_the_limit(self, folder: Path) -> None:
        with pytest.raises(Refused, match="larger"):
            FolderSource(folder).read(NAME, len(DATA) - 1)

    def test_streaming_goes_on_where_asked(self, folder: Path) -> None:
        assert whole(FolderSource(folder), 1000) == DATA[1000:]

    @pytest.mark.parametrize(
        "name", ["../secret", "a/../../secret", "/etc/passwd", "a//b", ".hidden", "A", "a\\b", "a/./b", "c:x", "a\0"]
    )
    def test_a_name_that_leads_out_is_refused(self, folder: Path, name: str) -> None:
        (folder.parent / "secret").write_bytes(b"private")
        with pytest.raises(Refused, match="not allowed"):
            FolderSource(folder).read(name, 100)
        with pytest.raises(Refused, match="not allowed"):
            FolderSource(folder).write(name, b"")

    def test_a_symbolic_link_is_refused_as_object_and_as_folder(self, folder: Path) -> None:
        (folder.parent / "secret").mkdir()
        (folder.parent / "secret" / "key").write_bytes(b"private")
        (folder / "link").symlink_to(folder.parent / "secret" / "key")
        (folder / "linked").symlink_to(folder.parent / "secret")
        for name in ("link", "linked/key"):
            with pytest.raises(Refused, match="not an ordinary file"):
                FolderSource(folder).read(name, 100)

    def test_a_pipe_a_device_and_a_folder_are_refused_without_waiting(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe")
        (folder / "inner").mkdir()
        names = ["pipe", "inner"]
        if os.geteuid() == 0:
            try:
                os.mknod(folder / "zero", 0o20666, os.makedev(1, 5))
                names.append("zero")
            except PermissionError:
                pass  # a container that may not make devices: the pipe shows the same
        for name in names:
            with pytest.raises(Refused, match="not an ordinary file"):
                FolderSource(folder).read(name, 100)

    def test_a_socket_is_refused(self, folder: Path) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.path.relpath(folder / "s"))
            with pytest.raises(Refused, match="not an ordinary file"):
                FolderSource(folder).read("s", 100)

    def test_what_is_written_is_whole_and_as_open_as_the_folder(self, folder: Path) -> None:
        folder.chmod(0o755)
        before = os.umask(0o077)
        try:
            FolderSource(folder).write("targets/idx/new.age", b"data")
        finally:
            os.umask(before)
        written = folder / "targets/idx/new.age"
        assert written.read_bytes() == b"data"
        assert written.stat().st_mode & 0o777 == 0o644
        assert written.parent.stat().st_mode & 0o777 == 0o755
        assert [entry.name for entry in written.parent.iterdir()] == ["new.age"]

    def test_names_leaves_out_links_and_strange_names(self, folder: Path) -> None:
        for name in ("one", "two", "Strange", ".part"):
            (folder / name).write_bytes(b"")
        (folder / "requests").mkdir()
        (folder / "requests/one").write_bytes(b"")
        (folder / "requests/Strange").write_bytes(b"")
        (folder / "requests/link").symlink_to(folder / "one")
        assert FolderSource(folder).names("requests") == ["requests/one"]
        assert FolderSource(folder).names("none") == []


class TestWeb:
    def test_read_and_stream(self, folder: Path) -> None:
        with serving(folder) as web:
            source = web.source()
            assert source.read(NAME, len(DATA)) == DATA
            assert whole(source, 5000) == DATA[5000:]
            assert web.asked[-1] == (f"/{NAME}", "bytes=5000-")
            with pytest.raises(NotThere):
                source.read("targets/none", 1)
            source.close()

    def test_a_server_without_ranges_sends_all_and_what_is_here_is_left_out(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: bool(serve(handler, folder, ranges=False)) or True
            source = web.source()
            assert whole(source, 5000) == DATA[5000:]
            source.close()

    def test_a_cut_stream_is_taken_up_where_it_ended(self, folder: Path) -> None:
        def cut(handler: Handler) -> bool:
            start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
            if start > 400_000:
                return False
            rest = DATA[start:]
            status, headers = (
                (206, {"Content-Range": f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"}) if start else (200, {})
            )
            send(handler, status, rest[:100_000], len(rest), **headers)
            return True

        with serving(folder) as web:
            web.answer = cut
            source = web.source()
            assert whole(source) == DATA
            assert len(web.asked) == 6
            source.close()

    def test_trouble_is_tried_again_with_growing_pauses(self, folder: Path) -> None:
        pauses: list[float] = []
        with serving(folder) as web:
            troubles = [503, 500, 429]

            def answer(handler: Handler) -> bool:
                if not troubles:
                    return False
                send(handler, troubles.pop(), b"busy")
                return True

            web.answer = answer
            source = HttpsSource(web.address, pause=pauses.append)
            assert source.read(NAME, len(DATA)) == DATA
            source.close()
        assert pauses == [0.5, 1, 2]

    def test_trouble_for_ever_is_one_sentence(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: bool(send(handler, 500, b"no")) or True
            refused(web, "in trouble .status 500", tries=4)

    def test_a_web_page_is_not_a_repository(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: (
                bool(send(handler, 200, b"<html>", Content_Type="text/html; charset=x")) or True
            )
            refused(web, "a web page, perhaps the sign-in page", tries=1)

    @pytest.mark.parametrize("status", [204, 206, 401, 418, 304])
    def test_other_answers_are_of_no_use(self, folder: Path, status: int) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: bool(send(handler, status, b"")) or True
            refused(web, "asked for|no use")

    def test_another_range_than_asked_for_is_refused(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: (
                bool(send(handler, 206, DATA, Content_Range=f"bytes 0-{len(DATA) - 1}")) or True
            )
            source = web.source()
            with pytest.raises(Unreachable, match="another part"):
                whole(source, 100)
            source.close()

    def test_compressed_answers_are_refused(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: bool(send(handler, 200, b"bomb", Content_Encoding="gzip")) or True
            refused(web, "another encoding")

    def test_redirects_are_followed_within_bounds_and_never_to_less_protection(self, folder: Path) -> None:
        with serving(folder) as web:
            places = {f"/{NAME}": "/one", "/one": f"{web.address}/two"}

            def move(handler: Handler) -> bool:
                if handler.path in places:
                    send(handler, 302, b"", Location=places[handler.path])
                elif handler.path == "/two":
                    send(handler, 200, DATA)
                else:
                    send(handler, 302, b"", Location="ftp://127.0.0.1/x" if handler.path == "/bad" else handler.path)
                return True

            web.answer = move
            source = web.source()
            assert source.read(NAME, len(DATA)) == DATA
            with pytest.raises(Unreachable, match="not protected"):
                source.read("bad", 10)
            with pytest.raises(Unreachable, match="every request on"):
                source.read("loop", 10)
            source.close()

    def test_endless_data_ends_at_the_limit(self, folder: Path) -> None:
        with serving(folder) as web:

            def endless(handler: Handler) -> bool:
                handler.send_response(200)
                handler.end_headers()
                handler.close_connection = True
                while not web.done.is_set():
                    handler.wfile.write(bytes(65536))
                return True

            web.answer = endless
            source = web.source()
            with pytest.raises(Refused, match="more for"):
                source.read(NAME, 1_000_000)
            source.close()

    def test_a_body_that_drips_for_ever_ends(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = dripping(web, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            source = web.source(HURRIED)
            with pytest.raises(Unreachable, match="too slowly"):
                source.read(NAME, 1_000_000)
            with pytest.raises(Unreachable, match="too slowly"):
                whole(source)
            source.close()

    def test_headers_that_drip_for_ever_end(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = dripping(web, b"HTTP/1.1 200 OK\r\nX-Long: ")
            source = web.source(HURRIED)
            with pytest.raises(Unreachable, match="http://127"):
                source.read(NAME, 1_000_000)
            source.close()

    def test_silence_ends(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: web.done.wait()
            source = web.source(HURRIED)
            with pytest.raises(Unreachable, match="http://127"):
                source.read(NAME, 10)
            source.close()

    def test_nonsense_instead_of_http_is_one_sentence(self, folder: Path) -> None:
        with serving(folder) as web:
            web.answer = lambda handler: bool(handler.wfile.write(b"\x16\x03\x01 what?\r\n\r\n")) or True
            source = web.source()
            with pytest.raises(Unreachable, match="http://127"):
                source.read(NAME, 10)
            source.close()

    def test_nobody_there_is_one_sentence(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        source = HttpsSource(f"http://127.0.0.1:{port}", patience=BRISK)
        with pytest.raises(Unreachable, match="cannot be reached"):
            source.read(NAME, 10)
        source.close()

    def test_a_path_that_leads_out_is_never_asked_for(self, folder: Path) -> None:
        with serving(folder) as web:
            source = web.source()
            with pytest.raises(Refused, match="not allowed"):
                source.read("../x", 10)
            assert web.asked == []
            source.close()


class TestHttps:
    def test_only_a_trusted_certificate_is_spoken_to(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = make_certificate(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with serving(folder, context) as web:
            trusting = open_source(web.address, certificate)
            assert trusting.read(NAME, len(DATA)) == DATA
            trusting.close()
            monkeypatch.setenv("DESPATCH_CA_FILE", str(certificate))
            trusting = open_source(web.address)
            assert trusting.read(NAME, len(DATA)) == DATA
            trusting.close()
            monkeypatch.delenv("DESPATCH_CA_FILE")
            wary = open_source(web.address)
            with pytest.raises(Unreachable, match="certificate that this computer does not trust"):
                wary.read(NAME, len(DATA))
            wary.close()

    def test_a_ca_file_that_is_none_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(KnownError, match="cannot be read"):
            open_source("https://localhost/", tmp_path / "missing.pem")


def refused(web: Web, words: str, tries: int = 0) -> None:
    source = web.source()
    with pytest.raises(Unreachable, match=words) as told:
        source.read(NAME, len(DATA))
    assert web.address in str(told.value)
    assert not tries or len(web.asked) == tries
    source.close()


def dripping(web: Web, head: bytes):
    def answer(handler: Handler) -> bool:
        handler.close_connection = True
        handler.wfile.write(head)
        while not web.done.wait(0.02):
            handler.wfile.write(b"x")
        return True

    return answer
