"""Rules, channels, schedule: what is made of them, and every mistake named with line, key, found and expected."""

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.alerts.criteria import Pace, Quiet
from monitor.config import Configuration, load
from monitor.errors import ConfigError
from monitor.model.alert import EventKind
from monitor.model.channel import FeedChannel, MailChannel, Secret, Security, ServiceChannel, Source, WebhookChannel
from monitor.model.comparison import ChangeClass

TARGET = '[[target]]\nid = "veland"\naddresses = { en = "https://reports.example/en/" }\n'
HOOK = '[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "https://hooks.example/x"\n'
MAIL = (
    '[[channel]]\nname = "desk"\ntype = "mail"\nhost = "smtp.example"\nsender = "m@newsroom.example"\n'
    'recipients = ["Desk <desk@newsroom.example>"]\n'
)
RULE = '[[rule]]\nname = "all"\nchannels = ["hook"]\n'


def loaded(folder: Path, text: str) -> Configuration:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return load(folder / "config.toml")


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text)
    return [problem.removeprefix(f"{folder}/config.toml:") for problem in caught.value.problems]


def test_a_rule_may_ask_for_everything_there_is(tmp_path: Path) -> None:
    (rule,) = loaded(tmp_path, TARGET + HOOK + """[[rule]]
name = "figures"
channels = ["hook"]
targets = ["ve*"]
languages = ["en", "ar"]
kinds = ["revision", "trouble"]
topics = ["torture"]
sections = ["*expression*"]
classes = ["number", "hedging"]
statistics = [{ by_share = 0.1, counted = ["executions"] }, { rises_above = 100, kinds = ["count"] }]
smallest = { words = 5, share = 0.01 }
pace = "weekly"
digest_at = "07:30"
digest_day = "friday"
quiet = "22:00-07:00"
zone = "Europe/London"
at_most = 4
gather = "10m"
wording = "ar"
""").rules  # fmt: skip
    assert rule.kinds == (EventKind.REVISION, EventKind.TROUBLE_BEGAN, EventKind.TROUBLE_ENDED)
    assert rule.classes == (ChangeClass.NUMBER, ChangeClass.HEDGING)
    assert [condition.by_share for condition in rule.statistics] == [0.1, None]
    assert (rule.smallest.words, rule.wording, rule.timing.pace) == (5, "ar", Pace.WEEKLY)
    assert rule.timing.quiet == Quiet(start=time(22), end=time(7))
    assert (rule.timing.digest_day, rule.timing.at_most, rule.timing.gather) == (4, 4, timedelta(minutes=10))
    assert rule.timing.zone == ZoneInfo("Europe/London")


def test_a_rule_that_says_nothing_hears_everything_about_the_report(tmp_path: Path) -> None:
    (rule,) = loaded(tmp_path, TARGET + HOOK + RULE).rules
    assert EventKind.REVISION in rule.kinds
    assert EventKind.TROUBLE_BEGAN not in rule.kinds


def test_channels_of_every_form(tmp_path: Path) -> None:
    found = loaded(tmp_path, TARGET + HOOK + 'signing = ["env:K", "file:key.txt"]\nallow_private = ["10.0.0.0/8"]\n' + MAIL + """
username = "monitor"
password = "credential:smtp"
[[channel]]
name = "chat"
type = "slack"
url = "env:SLACK"
[[channel]]
name = "room"
type = "matrix"
url = "https://matrix.example"
room = "!abc:matrix.example"
token = "env:MATRIX"
[[channel]]
name = "feed"
type = "feed"
path = "feed.atom"
[[channel]]
name = "phone"
type = "service"
url = "env:APPRISE"
""").channels  # fmt: skip
    hook, desk, chat, room, feed, phone = found
    assert isinstance(hook, WebhookChannel)
    assert hook.signing[1] == Secret(source=Source.FILE, name=str(tmp_path / "key.txt"))
    assert isinstance(desk, MailChannel)
    assert (desk.port, desk.security) == (587, Security.STARTTLS)
    assert isinstance(chat, WebhookChannel)
    assert isinstance(room, WebhookChannel)
    assert room.room == "!abc:matrix.example"
    assert isinstance(feed, FeedChannel)
    assert feed.path == tmp_path / "feed.atom"
    assert isinstance(phone, ServiceChannel)


def test_a_schedule_with_season_zone_and_targets_of_their_own(tmp_path: Path) -> None:
    own = TARGET.replace("[[target]]\n", '[[target]]\nevery = "6h"\n')
    schedule = loaded(tmp_path, own + """[schedule]
cron = "30 6 * * mon-fri"
zone = "Asia/Tokyo"
season = [{ from = "04-15", to = "05-31", every = "3h" }]
relax_after = "60d"
""").schedule  # fmt: skip
    assert schedule is not None
    assert schedule.of("veland") == (timedelta(hours=6), None)
    assert schedule.of("norland") == (timedelta(days=1), "30 6 * * mon-fri")
    assert schedule.seasons[0].every == timedelta(hours=3)


def test_a_configuration_without_them_has_none_and_loads_nothing_for_them(tmp_path: Path) -> None:
    found = loaded(tmp_path, TARGET)
    assert (found.rules, found.channels, found.schedule) == ((), (), None)


MISTAKES = {
    "unknown_channel": (HOOK + '[[rule]]\nname = "a"\nchannels = ["hok"]\n', 'channels: "hok" is no channel; expected one of hook'),
    "no_channels": (HOOK + '[[rule]]\nname = "a"\n', '[[rule]] "a": found no channels; expected a line such as channels = ["desk"]'),
    "unknown_key": (HOOK + RULE + 'clases = ["number"]\n', "clases: is not known; expected classes"),
    "unknown_class": (HOOK + RULE + 'classes = ["numbr"]\n', 'classes: found "numbr"; expected number'),
    "typography": (HOOK + RULE + 'classes = ["typography"]\n', 'found "typography"; expected one of negation'),
    "unknown_topic": (HOOK + RULE + 'topics = ["torure"]\n', 'topics: found "torure"; expected torture'),
    "unknown_target": (HOOK + RULE + 'targets = ["velnd"]\n', '"velnd" is no target; expected one of veland, or a pattern'),
    "unknown_kind": (HOOK + RULE + 'kinds = ["revisions"]\n', 'kinds: found "revisions"; expected revision'),
    "condition": (HOOK + RULE + "statistics = [{ by = true }]\n", "statistics.1.by: found true; expected a number of"),
    "no_condition": (HOOK + RULE + "statistics = 5\n", "statistics: found 5; expected a list of tables"),
    "quiet": (HOOK + RULE + 'quiet = "25:00-07:00"\n', 'quiet: found "25:00-07:00"; expected two times of day'),
    "zone": (HOOK + RULE + 'zone = "Mars"\n', 'zone: found "Mars"; expected the name of a time zone'),
    "zone_path": (HOOK + RULE + 'zone = "../../etc/passwd"\n', "expected the name of a time zone"),
    "pace": (HOOK + RULE + 'pace = "dayly"\n', 'pace: found "dayly"; expected daily'),
    "at_most": (HOOK + RULE + "at_most = 0\n", "at_most: found 0; expected a whole number from 1"),
    "gather": (HOOK + RULE + 'gather = "5 minutes"\n', 'gather: found "5 minutes"; expected a length of time'),
    "wording": (HOOK + RULE + 'wording = "tlh"\n', 'wording: found "tlh"; expected one of'),
    "two_rules": (HOOK + RULE + RULE, '"all" is the name of another rule; expected a name of its own'),
    "two_channels": (HOOK + HOOK, '"hook" is the name of another channel'),
    "channel_type": (HOOK.replace("webhook", "webhok"), 'type: found "webhok"; expected one of mail, webhook'),
    "secret": (MAIL + 'password = "hunter2"\n', "expected env:NAME, file:PATH or credential:NAME"),
    "host": (MAIL.replace("smtp.example", "smtp.example/x"), "host: found"),
    "sender": (MAIL.replace("m@newsroom.example", "m newsroom"), 'sender: found "m newsroom"; expected a mail address'),
    "header": (MAIL.replace("m@newsroom.example", "m@a.example\\nBcc: x@y.example"), "sender: found"),
    "no_recipients": (MAIL.replace('recipients = ["Desk <desk@newsroom.example>"]\n', ""), 'found no recipients'),
    "security": (MAIL + 'security = "ssl"\n', 'security: found "ssl"; expected'),
    "every": ('[schedule]\nevery = "6 hours"\n', '[schedule] every: found "6 hours"; expected a length of time'),
    "too_often": ('[schedule]\nevery = "1s"\n', "expected a length of time from 1m to 52w"),
    "cron_day": ('[schedule]\ncron = "0 9 * * 0"\n', 'cron: found "0"; expected in the last field *, or days by name'),
    "cron_field": ('[schedule]\ncron = "0 25 * * mon"\n', 'cron: found "25"; expected in the field of the hour'),
    "cron_days": ('[schedule]\ncron = "0 9 * * fri-mon"\n', 'cron: found "fri-mon"; expected in the last field *'),
    "cron_step": ('[schedule]\ncron = "*/90 9 * * *"\n', 'cron: found "*/90"; expected in the field of the minute'),
    "cron_never": ('[schedule]\ncron = "0 9 31 2,4 *"\n', 'cron: found "31 2,4"; expected a day that comes in one of the'),
    "cron_fields": ('[schedule]\ncron = "0 9 *"\n', "expected five fields"),
    "season": ('[schedule]\nseason = [{ from = "04-31", to = "05-31", every = "3h" }]\n', 'season.1.from: found "04-31"'),
    "half_season": ('[schedule]\nseason = [{ from = "04-15" }]\n', "season: found no to in number 1"),
    "single": ('[schedule]\nrule = 1\n', "rule: is not known; expected one of"),
    "no_table": ('[[rule]]\n[[rule]]\n', '[[rule]] number 2: found no name; expected a line such as name = "figures"'),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told(name: str, tmp_path: Path) -> None:
    text, expected = MISTAKES[name]
    told = mistakes(tmp_path, TARGET + text)
    assert any(expected in line for line in told), told
    assert all(line.split(":")[0].isdigit() for line in told)


def test_a_secret_written_down_is_never_shown(tmp_path: Path) -> None:
    told = mistakes(tmp_path, TARGET + MAIL + 'password = "hunter2"\n' + HOOK + 'signing = ["whsec_c2VjcmV0"]\n')
    assert len(told) == 2
    assert not any("hunter2" in line or "whsec" in line for line in told)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = TARGET + MAIL.replace("smtp.example", "a b") + HOOK + RULE + 'zone = "Mars"\npace = "now"\n'
    told = mistakes(tmp_path, text)
    assert [int(line.split(":")[0]) for line in told] == sorted(int(line.split(":")[0]) for line in told)
    assert len(told) == 3
