"""The command line: commands that a person or a program can rely on (docs/reference/command-line.md)."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import locales
from records.addresses import is_loopback
from voorop.errors import CommandError
from voorop.record_commands import add_record_commands
from voorop.settings import DEFAULT_DATA, Settings, protected


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 only when it did what was asked."""
    parsed = _parser().parse_args(arguments)
    return _told(lambda: parsed.command(parsed))


def _told(work: Callable[[], None]) -> int:
    """The exit code of what was done; what went wrong is told in one line."""
    try:
        work()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = None  # whoever read our lines has gone
        return 141
    except Exception as error:
        if not _is_told(error):
            raise
        print(f"voorop: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


def _is_told(error: Exception) -> bool:
    """Whether an error is one of ours, whose text is one clear line; everything else is a defect and shows as one."""
    return type(error).__module__.split(".")[0] in ("actions", "api", "bot", "careplan", "locales", "records", "voorop")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="voorop", description="Puts what matters to a person in front.")
    commands = parser.add_subparsers(required=True, metavar="command")
    demo = commands.add_parser("demo", help="serve a demonstration practice")
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--port", type=int, default=8000, help="0 picks a free one")
    demo.add_argument("--data", type=Path, default=DEFAULT_DATA / "demo", help="folder that keeps everything")
    demo.add_argument("--visits", type=int, default=8, help="how many visits an empty demonstration gets")
    demo.add_argument("--json", action="store_true", help="print the links as one line of JSON when ready")
    demo.set_defaults(command=_demo)
    chat = commands.add_parser("chat", help="talk with the assistant in this terminal")
    chat.add_argument("--lang", help="language to talk in")
    chat.add_argument("--role", choices=("patient", "caregiver"), default="patient")
    chat.add_argument("--data", type=Path, default=DEFAULT_DATA / "chat", help="folder that keeps everything")
    chat.add_argument("--new", action="store_true", help="begin a new conversation instead of going on")
    chat.set_defaults(command=_chat)
    serve = commands.add_parser("serve", help="serve this installation")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="how many processes; more than one needs PostgreSQL")
    serve.set_defaults(command=_serve)
    for served in (demo, serve):
        served.add_argument("--development", action="store_true", help="answer on /webhooks/rest/webhook, as Rasa does")
    actions = commands.add_parser("actions", help="serve the actions and the words to Rasa, on this machine only")
    actions.add_argument("--port", type=int, default=5055, help="0 picks a free one")
    actions.set_defaults(command=_actions)
    rasa = commands.add_parser("rasa", help="run Rasa, as the engine of this installation, on this machine only")
    rasa.add_argument("--port", type=int, default=5005)
    rasa.add_argument("--program", type=Path, help="the rasa to run; by default the one that make rasa installed")
    rasa.add_argument("--actions", help="where voorop actions serves, http://127.0.0.1:5055 by default")
    rasa.set_defaults(command=_rasa)
    commands.add_parser("train", help="train the understanding now").set_defaults(command=_train)
    for name, command, about in (
        ("parse", _parse, "which move a text is, if any"),
        ("assess", _assess, "what a goal statement says and lacks"),
        ("check-safety", _check_safety, "whether a text tells of danger"),
        ("detect-language", _detect_language, "in which language a text is"),
    ):
        commands.add_parser(name, help=f"JSON lines in and out: {about}").set_defaults(command=command)
    add_record_commands(commands, _settings)
    user = commands.add_parser("user", help="add a clinician or administrator; the password is read from the terminal")
    user.add_argument("login")
    user.add_argument("--name", default="")
    user.add_argument("--practice", default="", help="name of a new practice, when there is none yet")
    user.add_argument("--administrator", action="store_true")
    user.set_defaults(command=_user)
    invite = commands.add_parser("invite", help="make a visit with its invitations and print links and codes")
    invite.add_argument("--day", default="", help="2026-11-23 (default: today)")
    invite.add_argument("--time", required=True, help="9:20, where the practice is")
    invite.add_argument("--patient-language", required=True, metavar="CODE")
    invite.add_argument("--caregiver-language", default="", metavar="CODE", help="invites a caregiver too")
    invite.add_argument("--name", default="", help="of the patient")
    invite.add_argument("--reference", default="", help="the patient's number in the practice's own record")
    invite.set_defaults(command=_invite)
    export = commands.add_parser("export", help="print all that is kept about one patient, as JSON")
    export.add_argument("reference", help="the patient's number in the practice's own record, or the id of a visit")
    export.set_defaults(command=_export)
    return parser


def _settings(data: Path = DEFAULT_DATA) -> Settings:
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings.from_environment(os.environ, data)
    if settings.languages:
        locales.enable(settings.languages)
    return settings


def _demo(parsed: argparse.Namespace) -> None:
    # What can go wrong is tried before the libraries of the understanding are loaded, which takes seconds.
    from voorop.serving import address, listen, serve

    settings = _settings(parsed.data)
    listening = listen(parsed.host, parsed.port)
    from voorop.demonstration import Shown, demonstration_links
    from voorop.installation import open_records

    records = open_records(settings)
    links = demonstration_links(records.care_plan, parsed.data, parsed.visits)
    from voorop.app import create_app

    url = address(listening)
    app = create_app(settings, records, url, development=parsed.development)

    def ready() -> None:
        print(json.dumps({"url": url, **links}) if parsed.json else Shown(url, links), flush=True)

    serve(app, listening, ready)


def _chat(parsed: argparse.Namespace) -> None:
    settings = _settings(parsed.data)
    from voorop.chat import chat

    chat(settings, parsed.data, language=parsed.lang, role=parsed.role, new=parsed.new)


def _serve(parsed: argparse.Namespace) -> None:
    from voorop.serving import address, listen

    settings = _settings()
    if not is_loopback(parsed.host) and not settings.public_url:
        raise CommandError("serving beyond this machine needs VOOROP_PUBLIC_URL, which begins with https://")
    if parsed.development and (settings.public_url or not is_loopback(parsed.host)):
        raise CommandError("--development is for this machine only: whoever knows an invitation talks as its person")
    if parsed.workers > 1 and not settings.database_url.startswith("postgresql"):
        raise CommandError("several workers need PostgreSQL: set VOOROP_DATABASE_URL (docs/how-to/postgresql.md)")
    listening = listen(parsed.host, parsed.port)
    from voorop.installation import open_records

    records = open_records(settings)
    if parsed.workers > 1:
        _train_apart(settings)
    from voorop.app import create_app
    from voorop.serving import serve
    from voorop.workers import Workers

    public_url = settings.public_url or address(listening)
    app = create_app(settings, records, public_url, development=parsed.development)

    def ready() -> None:
        print(f"Voorop serves on {address(listening)}", flush=True)

    if parsed.workers > 1:
        records.engine.dispose()  # no connection may be shared
        Workers(parsed.workers, lambda answers: _told(lambda: serve(app, listening, answers))).run(ready)
    else:
        serve(app, listening, ready)


def _train_apart(settings: Settings) -> None:
    from voorop.understanding import needs_training
    from voorop.workers import in_a_process_of_its_own

    if needs_training(settings):
        in_a_process_of_its_own(lambda: _told(lambda: _train_now(settings)))


def _actions(parsed: argparse.Namespace) -> None:
    from voorop.action_server import load_action_server
    from voorop.serving import LOOPBACK, address, listen, serve

    settings = _settings()
    listening = listen(LOOPBACK, parsed.port)
    app = load_action_server(settings)
    serve(app, listening, lambda: print(f"The actions are served on {address(listening)}", flush=True))


def _rasa(parsed: argparse.Namespace) -> None:
    from voorop.rasa import ACTIONS_URL, PROGRAM, run

    actions = protected("--actions", parsed.actions or ACTIONS_URL)
    run(_settings(), parsed.program or PROGRAM, parsed.port, actions)


def _train(_: argparse.Namespace) -> None:
    _train_now(_settings())


def _train_now(settings: Settings) -> None:
    from voorop.understanding import load_reader, load_understanding

    load_reader(settings, load_understanding(settings).encoder)


def _parse(_: argparse.Namespace) -> None:
    from bot.nlu.lines import parse_lines
    from voorop.json_lines import read_lines, write_lines
    from voorop.understanding import load_understanding

    write_lines(parse_lines(load_understanding(_settings(), quiet=True), read_lines(sys.stdin)))


def _assess(_: argparse.Namespace) -> None:
    from actions.elicitation.assessor import RuleAssessor, assess_lines
    from actions.surroundings import DATA
    from bot.nlu.encoder import SentenceEncoder
    from voorop.json_lines import read_lines, write_lines
    from voorop.understanding import load_reader

    reader = load_reader(_settings(), SentenceEncoder(), quiet=True)
    write_lines(assess_lines(RuleAssessor.load(DATA / "assessment", reader=reader), read_lines(sys.stdin)))


def _check_safety(_: argparse.Namespace) -> None:
    from actions.safety.lines import check_lines
    from actions.safety.rules import NO_DANGER, Danger
    from voorop.json_lines import read_lines, write_lines
    from voorop.understanding import load_understanding

    understanding = load_understanding(_settings(), quiet=True)

    def judge(text: str, lang: str | None) -> Danger:
        spotted = understanding.danger(text, lang)
        return Danger(spotted.danger, spotted.rule) if spotted else NO_DANGER

    write_lines(check_lines(judge, read_lines(sys.stdin)))


def _detect_language(_: argparse.Namespace) -> None:
    from bot.nlu.language import LanguageDetector
    from bot.nlu.lines import detect_lines
    from locales import languages
    from voorop.json_lines import read_lines, write_lines

    write_lines(detect_lines(LanguageDetector([known.code for known in languages()]), read_lines(sys.stdin)))


def _user(parsed: argparse.Namespace) -> None:
    from voorop.users import add_user

    add_user(_settings(), parsed.login, parsed.name or parsed.login, parsed.practice, parsed.administrator)


def _invite(parsed: argparse.Namespace) -> None:
    from voorop.inviting import invite

    settings = _settings()
    names = ("day", "time", "patient_language", "caregiver_language", "name", "reference")
    invite(settings, {name: getattr(parsed, name) for name in names}, settings.public_url or "http://127.0.0.1:8000")


def _export(parsed: argparse.Namespace) -> None:
    from voorop.exporting import export

    export(_settings(), parsed.reference)
