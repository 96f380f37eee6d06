"""What the demo tells of the messages: sent, not taken, sent again, arrived once. The webhook's receiver is down for one
stage and comes back in the next."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from monitor.alerts.outbox import Settled
from monitor.demo.postbox import HookServer, MailServer
from monitor.demo.stages import Stage
from monitor.demo.story import Step

DOWN = Stage.SILENT_CORRECTION


class Post:
    """The post of one stage; `lines` is what is told of it."""

    def __init__(self, mail: MailServer, hook: HookServer, config: Path) -> None:
        self.lines: list[str] = []
        self._mail = mail
        self._hook = hook
        self._config = config
        self._letters = len(mail.letters)

    def before(self, step: Step) -> None:
        """The receiver of the webhook goes down, or comes back and is sent what it has missed."""
        if step.stage is DOWN:
            self._hook.down = True
            self.lines.append("the receiver of the webhook is down")
        elif self._hook.down:
            self._hook.down = False
            self.lines.append("the receiver of the webhook is back, and is sent what waits (monitor alerts retry):")
            self.told(_retried(self._config))

    def told(self, settled: Iterable[Settled]) -> None:
        """What became of each message, and the subjects of the mails."""
        for each in settled:
            signed = "; its signature is right" if self._is_signed(each) else ""
            told = {"delivered": f"delivered{signed}", "retry": f"not taken ({each.detail}); it waits in the outbox"}
            self.lines.append(f"{each.outgoing.dispatch.channel}: {told.get(each.outcome, each.outcome)}")
        for letter in self._mail.letters[self._letters :]:
            parts = " and ".join(form.removeprefix("text/") for form in letter.forms)
            report = ", report attached" if letter.attachments else ""
            self.lines.append(f"mail “{letter.subject}” ({parts}{report})")
        self._letters = len(self._mail.letters)

    def missed(self) -> Iterator[str]:
        """What should have arrived and did not, or did twice; at the end of the demo."""
        taken = Counter(call.id for call in self._hook.calls if call.is_taken)
        refused = {call.id for call in self._hook.calls if not call.is_taken}
        letters = Counter(letter.message_id for letter in self._mail.letters)
        if not all(call.is_signed for call in self._hook.calls):
            yield "a webhook came with a wrong signature"
        if refused - set(taken):
            yield f"{len(refused - set(taken))} messages were lost while the webhook's receiver was down"
        if not refused:
            yield "the webhook's receiver was never down"
        if sorted(taken.values()) != [1] * len(letters) or sorted(letters.values()) != [1] * len(letters):
            yield f"{sum(taken.values())} webhooks and {sum(letters.values())} mails arrived, not each message once"
        self.lines.append(
            f"in all {len(letters)} mails and {len(taken)} webhooks, each once; {len(refused)} of them only after the"
            " receiver had come back"
        )

    def _is_signed(self, settled: Settled) -> bool:
        key = settled.outgoing.dispatch.key
        return any(call.id == key and call.is_signed and call.is_taken for call in self._hook.calls)


def _retried(config: Path) -> Iterator[Settled]:
    from monitor.wiring import CLOCK, configuration, delivered, opened_store

    with opened_store(config, None) as kept:
        kept.outbox.retry(None, CLOCK.now())
        yield from delivered(kept, configuration(config), gathered=True)
