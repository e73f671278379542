package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.Vaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Vaults in files. They are opened by the process that they were typed to, with or without a library; the list of them
/// is the library's.
@Command(name = "vault", description = "${bundle:vault}")
final class VaultCommands {

    private static final int SECRET_MAX = 64 << 20;

    private final Invocation invocation;
    private final Vaults vaults;

    VaultCommands(Invocation invocation) {
        this.invocation = invocation;
        this.vaults = Holdfast.vaults(invocation.session()::used);
    }

    @Command(name = "create", description = "${bundle:vault.create}")
    int create(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Option(names = "--format", paramLabel = "N", defaultValue = "3", converter = Range.SnapshotVersion.class,
                    description = "${bundle:vault.format}") int version,
            @Option(names = "--work-factor", paramLabel = "N", defaultValue = "" + Vaults.WORK_FACTOR_USUAL,
                    converter = Range.WorkFactor.class, description = "${bundle:vault.work}") int workFactor,
            @Mixin VaultOptions options) throws CoreException, CliException {
        byte[] password = options.passwords(invocation).fresh(options.passwordFile(invocation));
        try (OpenVault vault = vaults.create(invocation.path(file), password,
                options.locking(invocation, version, workFactor))) {
            return shown(vault);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    @Command(name = "show", description = "${bundle:vault.show}")
    int show(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(file, options)) {
            return shown(vault);
        }
    }

    @Command(name = "verify", description = "${bundle:vault.verify}")
    int verify(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(file, options)) {
            OpenVault.Check check = vault.verify();
            invocation.answer(VaultShapes.check(check), () -> new VaultProse(invocation.words()).check(check));
            return check.unreadable().isEmpty() ? 0 : CommandTree.FAILED;
        }
    }

    @Command(name = "add", description = "${bundle:vault.add}")
    int add(@Parameters(paramLabel = "FILE CLIENT VAULT RECORD", hideParamSyntax = true, arity = "4",
                    description = "${bundle:vault.record}") List<String> where,
            @Option(names = "--from", paramLabel = "PATH", defaultValue = "-",
                    description = "${bundle:vault.add.from}") String from,
            @Option(names = "--hint", paramLabel = "TEXT", defaultValue = "",
                    description = "${bundle:vault.add.hint}") String hint,
            @Option(names = "--unnamed", description = "${bundle:vault.add.unnamed}") boolean unnamed,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(where.getFirst(), options)) {
            byte[] secret = secret(from);
            try {
                vault.put(record(where), secret, hint.getBytes(StandardCharsets.UTF_8), !unnamed);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
            vault.save();
            return shown(vault);
        }
    }

    @Command(name = "revoke", description = "${bundle:vault.revoke}")
    int revoke(@Parameters(paramLabel = "FILE CLIENT VAULT RECORD", hideParamSyntax = true, arity = "4",
                    description = "${bundle:vault.record}") List<String> where,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(where.getFirst(), options)) {
            vault.revoke(record(where));
            vault.save();
            return shown(vault);
        }
    }

    @Command(name = "collect", description = "${bundle:vault.collect}")
    int collect(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(file, options)) {
            int count = vault.collect();
            vault.save();
            invocation.answer(Shapes.object().put("collected", count),
                    () -> new Prose(invocation.words()).line("vault.collected", count));
            return 0;
        }
    }

    @Command(name = "name", description = "${bundle:vault.name}")
    int name(@Parameters(paramLabel = "FILE NAME CLIENT [VAULT [RECORD]]", hideParamSyntax = true, arity = "3..5",
                    description = "${bundle:vault.name.what}") List<String> words,
            @Mixin VaultOptions options) throws CoreException, CliException {
        try (OpenVault vault = open(words.getFirst(), options)) {
            vault.name(new RecordPath(words.get(2), word(words, 3), word(words, 4)), Optional.of(words.get(1)));
            vault.save();
            return shown(vault);
        }
    }

    @Command(name = "password", description = "${bundle:vault.password}")
    int password(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Option(names = "--new-password-file", paramLabel = "PATH",
                    description = "${bundle:vault.new_password_file}") @Nullable String newFile,
            @Mixin VaultOptions options) throws CoreException, CliException {
        int version = vaults.look(invocation.path(file)).version();
        return relock(file, newFile == null ? Optional.empty() : Optional.of(invocation.path(newFile)), version,
                options);
    }

    @Command(name = "migrate", description = "${bundle:vault.migrate}")
    int migrate(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Option(names = "--new-password-file", paramLabel = "PATH",
                    description = "${bundle:vault.new_password_file}") @Nullable String newFile,
            @Mixin VaultOptions options) throws CoreException, CliException {
        return relock(file, newFile == null ? Optional.empty() : Optional.of(invocation.path(newFile)), 3, options);
    }

    @Command(name = "import", description = "${bundle:vault.import}")
    int importVault(@Parameters(paramLabel = "FILE", description = "${bundle:vault.import.file}") String file,
            @Mixin VaultImport chosen, @Mixin VaultOptions options) throws CoreException, CliException {
        Passwords passwords = options.passwords(invocation);
        byte[] password = passwords.next(prompt(file), options.passwordFile(invocation));
        try (OpenVault source = vaults.open(invocation.path(file), password, options.opening(invocation))) {
            Arrays.fill(password, (byte) 0);
            password = passwords.next(prompt(chosen.into()), chosen.passwordFile(invocation));
            try (OpenVault target = vaults.open(invocation.path(chosen.into()), password,
                    options.opening(invocation))) {
                return chosen.run(invocation, source, target);
            }
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    @Command(name = "sync", description = "${bundle:vault.sync}")
    int sync(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Option(names = "--with", paramLabel = "DEVICE", required = true,
                    description = "${bundle:vault.sync.with}") String device,
            @Mixin VaultChoice choice, @Mixin VaultExchange exchange, @Mixin VaultOptions options)
            throws CoreException, CliException {
        return exchange.sync(invocation, file, device, choice, options);
    }

    @Command(name = "offer", description = "${bundle:vault.offer}")
    int offer(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Mixin VaultExchange.Offering offering, @Mixin VaultExchange exchange, @Mixin VaultOptions options)
            throws CoreException, CliException {
        return exchange.offer(invocation, file, offering, options);
    }

    @Command(name = "list", description = "${bundle:vault.list}")
    int list(@Option(names = "--found", description = "${bundle:vault.list.found}") boolean found)
            throws CoreException {
        return found ? new VaultListing(invocation).showFound() : new VaultListing(invocation).show();
    }

    @Command(name = "track", description = "${bundle:vault.track}")
    int track(@Parameters(paramLabel = "FILE", description = "${bundle:vault.file}") String file,
            @Option(names = "--deed", hidden = true, defaultValue = "seen") Vaults.Deed deed)
            throws CoreException, CliException {
        return new VaultListing(invocation).track(invocation.path(file), deed);
    }

    @Command(name = "forget", description = "${bundle:vault.forget}")
    int forget(@Parameters(paramLabel = "FILE", description = "${bundle:vault.forget.file}") String file)
            throws CoreException, CliException {
        return new VaultListing(invocation).forget(file);
    }

    /// What a key is made of in the old version says nothing of the new one, so the usual way is taken there.
    private int relock(String file, Optional<Path> newFile, int version, VaultOptions options)
            throws CoreException, CliException {
        Passwords passwords = options.passwords(invocation);
        byte[] password = passwords.next(prompt(file), options.passwordFile(invocation));
        try (OpenVault vault = vaults.open(invocation.path(file), password, options.opening(invocation))) {
            boolean sameWay = vault.content().version() == version;
            Arrays.fill(password, (byte) 0);
            password = passwords.fresh(newFile);
            vault.relock(password, new Vaults.Locking(version, sameWay ? Optional.of(vault.content().derivation())
                    : Optional.empty(), options.opening(invocation).saltFile(), sameWay
                    && vault.content().workFactor() >= 0 ? vault.content().workFactor() : Vaults.WORK_FACTOR_USUAL));
            vault.save();
            return shown(vault);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private OpenVault open(String file, VaultOptions options) throws CoreException, CliException {
        byte[] password = options.passwords(invocation).next(prompt(file), options.passwordFile(invocation));
        try {
            return vaults.open(invocation.path(file), password, options.opening(invocation));
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private String prompt(String file) {
        return invocation.words().get("vault.prompt", file);
    }

    private int shown(OpenVault vault) throws CoreException {
        var content = vault.content();
        invocation.answer(VaultShapes.content(content), () -> new VaultProse(invocation.words()).content(content));
        return 0;
    }

    private static RecordPath record(List<String> where) {
        return RecordPath.of(where.get(1), where.get(2), where.get(3));
    }

    private static Optional<String> word(List<String> words, int at) {
        return words.size() > at ? Optional.of(words.get(at)) : Optional.empty();
    }

    /// @param from `-` is standard input, after the password if that comes from there too
    private byte[] secret(String from) throws CliException {
        try (InputStream in = from.equals("-") ? System.in : Files.newInputStream(invocation.path(from))) {
            byte[] secret = in.readNBytes(SECRET_MAX + 1);
            if (secret.length > SECRET_MAX) {
                throw new CliException("usage", "a secret has at most " + SECRET_MAX + " bytes");
            }
            return secret;
        } catch (IOException e) {
            throw new CliException("bad_path", "the secret cannot be read from " + from + ": " + e.getMessage());
        }
    }
}
