package app.holdfast.desktop.cli;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.model.DeviceId;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;

/// What goes on between the devices, as people read it.
final class SyncProse {

    private final Words words;
    private final Prose prose;
    private final DateTimeFormatter moments;

    SyncProse(Words words) {
        this.words = words;
        prose = new Prose(words);
        moments = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM)
                .withLocale(words.locale()).withZone(ZoneId.systemDefault());
    }

    String status(SyncStatus status) {
        String state = words.get("sync.state." + Shapes.word(status.state()));
        var text = new StringBuilder(status.percent().isEmpty() ? state + "\n"
                : prose.line("sync.percent", state, status.percent().get()));
        status.rule().bytesPerSecond().ifPresent(rate -> text.append(prose.line("sync.limited", prose.size(rate))));
        for (SyncStatus.Peer peer : status.peers()) {
            text.append(peer(peer));
        }
        return text.append(prose.line("sync.log", status.logChanges(), prose.size(status.logBytes()),
                status.conflicts())).toString();
    }

    private String peer(SyncStatus.Peer peer) {
        SyncStatus.Detail detail = peer.detail();
        String state = words.get("sync.peer." + Shapes.word(peer.state()));
        String shown = detail.percent().map(percent -> words.get("sync.percent", state, percent)).orElse(state);
        var text = new StringBuilder(prose.line("sync.peer", peer.name(), shown, peer.pendingOut(), peer.pendingIn()));
        if (peer.online()) {
            text.append("  ").append(prose.line("sync.traffic", prose.size(detail.traffic().sent().bytes()),
                    prose.size(detail.traffic().received().bytes()),
                    prose.size(detail.traffic().sent().bytesPerSecond()),
                    prose.size(detail.traffic().received().bytesPerSecond())));
        }
        detail.rule().bytesPerSecond().ifPresent(rate ->
                text.append("  ").append(prose.line("sync.limited", prose.size(rate))));
        if (detail.twice()) {
            text.append("  ").append(prose.line("sync.twice", peer.name()));
        }
        return text.toString();
    }

    String event(SyncEvent event, Map<DeviceId, String> names) {
        String device = event.device().map(id -> names.getOrDefault(id, id.shortHex()))
                .orElseGet(() -> words.get("event.all"));
        List<String> details = List.copyOf(event.details().values());
        String first = switch (event.kind()) {
            case QUARANTINED -> prose.number(Long.parseLong(event.details().getOrDefault("millis", "0")) / 1_000);
            case LIMITED -> prose.size(Long.parseLong(event.details().getOrDefault("bytesPerSecond", "0")));
            case CONFLICT, SETTLED -> event.details().getOrDefault("field", "");
            default -> details.isEmpty() ? "" : details.getFirst();
        };
        return moments.format(event.time()) + "  " + prose.line("event." + Shapes.word(event.kind()), device, first,
                event.details().getOrDefault("model", ""));
    }

    String conflicts(List<SyncConflict> conflicts) {
        if (conflicts.isEmpty()) {
            return words.get("conflict.none") + "\n";
        }
        var text = new StringBuilder();
        for (SyncConflict conflict : conflicts) {
            text.append(prose.line("conflict.about", conflict.about().model(), conflict.title(),
                    conflict.about().name()));
            text.append(version("conflict.kept", conflict.kept()));
            conflict.others().forEach(other -> text.append(version("conflict.lost", other)));
        }
        return text.toString();
    }

    private String version(String key, SyncConflict.Version version) {
        return "  " + prose.line(key, version.value(), version.deviceName().orElse("?"),
                moments.format(version.time()), version.id());
    }

    String checkup(Checkup found, Checkup left, boolean repaired) {
        var text = new StringBuilder();
        found.findings().forEach(finding -> text.append(finding(finding)));
        if (repaired) {
            text.append(prose.line("doctor.repaired", left.findings().size()));
            left.findings().forEach(finding -> text.append(finding(finding)));
        } else {
            text.append(prose.line("doctor.checked", found.checks(), found.findings().size()));
        }
        found.peers().forEach(peer ->
                text.append(prose.line("doctor.peer." + Shapes.word(peer.standing()), peer.name())));
        return text.toString();
    }

    private String finding(Checkup.Finding finding) {
        return prose.line("doctor.finding", Shapes.word(finding.severity()), Shapes.word(finding.code()),
                finding.count(), finding.example(), words.get("doctor.repair." + Shapes.word(finding.repair())));
    }
}
