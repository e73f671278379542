package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.ForgetDevice;
import app.holdfast.core.api.Command.RenameDevice;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The devices that share the library.
@Command(name = "device", description = "${bundle:device}")
final class DeviceCommands {

    private final Invocation invocation;

    DeviceCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "list", description = "${bundle:device.list}")
    int list() throws CoreException, CliException {
        List<DeviceRow> rows = invocation.session().library().ask(LibraryReader::devices);
        invocation.answer(Shapes.list(rows, Shapes::device), () -> new Prose(invocation.words()).devices(rows));
        return 0;
    }

    @Command(name = "invite", description = "${bundle:device.invite}")
    int invite(@Option(names = "--accept", description = "${bundle:device.invite.accept}") boolean accept,
            @Option(names = "--valid", paramLabel = "MINUTES", defaultValue = "10", converter = Range.Minutes.class,
                    description = "${bundle:device.invite.valid}") int validMinutes,
            @Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
                    converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        return new Pairing(invocation).invite(accept, Duration.ofMinutes(validMinutes), bind);
    }

    @Command(name = "join", description = "${bundle:device.join}")
    int join(@Parameters(paramLabel = "TICKET", description = "${bundle:device.join.ticket}") String ticket,
            @Option(names = "--yes", description = "${bundle:device.join.yes}") boolean yes,
            @Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
                    converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        return new Pairing(invocation).join(ticket, yes, bind);
    }

    @Command(name = "ping", description = "${bundle:device.ping}")
    int ping(@Parameters(paramLabel = "TICKET", description = "${bundle:device.ping.ticket}") String ticket,
            @Option(names = "--count", paramLabel = "N", defaultValue = "1", converter = Range.Echoes.class,
                    description = "${bundle:device.ping.count}") int count,
            @Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
                    converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        Devices.Ping ping = Waiting.on(invocation.session().devices(bind).ping(ticket, count));
        invocation.answer(Shapes.ping(ping), () -> {
            var text = new StringBuilder();
            for (long micros : ping.rttMicros()) {
                text.append(new Prose(invocation.words()).line("ping.echo", ping.id().hex(), micros / 1000.0));
            }
            return text.toString();
        });
        return 0;
    }

    @Command(name = "forget", description = "${bundle:device.forget}")
    int forget(@Parameters(paramLabel = "ID", description = "${bundle:device.id}") String typed,
            @Option(names = "--remove-data", description = "${bundle:device.forget.remove}") boolean removeData)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        DeviceRow row = Finding.device(library, typed);
        Waiting.on(library.submit(new ForgetDevice(row.id(), removeData)));
        invocation.answer(Shapes.object().put("forgotten", row.id().hex()).put("dataRemoved", removeData),
                () -> new Prose(invocation.words()).line(removeData ? "device.forgotten.removed" : "device.forgotten",
                        row.name()));
        return 0;
    }

    @Command(name = "rename", description = "${bundle:device.rename}")
    int rename(@Parameters(paramLabel = "NAME", description = "${bundle:device.name}") String name)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new RenameDevice(name)));
        List<DeviceRow> self = library.ask(LibraryReader::devices).stream().filter(DeviceRow::self).toList();
        invocation.answer(Shapes.device(self.getFirst()), () -> new Prose(invocation.words()).devices(self));
        return 0;
    }
}
