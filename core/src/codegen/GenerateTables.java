import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Makes jOOQ's table classes from the migrations, so that SQL is written once and a query that no longer fits its
/// table does not compile (ADR 6).
///
/// A program of one file, run by the build with JDK 25: jOOQ's Maven plugin would run in Maven's own JVM, which may
/// be a 17. Each folder of migrations is applied to an empty database in a temporary file, in the order of its
/// version numbers. Does nothing when neither a migration nor this file changed since the last run.
///
/// Arguments: the file of this program, the folder that the classes go to, then pairs of a folder of migrations and
/// a package.
final class GenerateTables {

    /// Full-text tables are written with plain SQL: jOOQ does not know MATCH.
    private static final String TABLES_WITHOUT_A_CLASS = "sqlite_.*|.*_fts|.*_fts_.*|flyway_.*";

    private GenerateTables() {
    }

    public static void main(String[] arguments) throws Exception {
        Path program = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        for (int i = 2; i < arguments.length; i += 2) {
            Path migrations = Path.of(arguments[i]);
            String packageName = arguments[i + 1];
            List<Path> scripts = inOrderOfVersion(migrations);
            Path stamp = sources.resolveSibling("generated-by").resolve(packageName);
            String state = digest(program, scripts);
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(state)) {
                generate(scripts, packageName, sources);
                Files.createDirectories(stamp.getParent());
                Files.writeString(stamp, state);
            }
        }
    }

    private static List<Path> inOrderOfVersion(Path migrations) throws IOException {
        try (var files = Files.list(migrations)) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted((one, other) -> Integer.compare(version(one), version(other))).toList();
            if (scripts.isEmpty()) {
                throw new IOException("no migration in " + migrations);
            }
            return scripts;
        }
    }

    /// The number in `V12__what_it_does.sql`.
    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String digest(Path program, List<Path> scripts) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(program));
        for (Path script : scripts) {
            digest.update(script.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(script));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void generate(List<Path> scripts, String packageName, Path sources) throws Exception {
        Path database = Files.createTempFile("holdfast-tables", ".db");
        try {
            String url = "jdbc:sqlite:" + database;
            migrate(url, scripts);
            GenerationTool.generate(new Configuration().withLogging(Logging.WARN)
                    .withJdbc(new Jdbc().withDriver("org.sqlite.JDBC").withUrl(url))
                    .withGenerator(new Generator()
                            .withDatabase(tables())
                            .withGenerate(whatIsUsed())
                            .withTarget(new Target().withPackageName(packageName)
                                    .withDirectory(sources.toString()))));
        } finally {
            Files.deleteIfExists(database);
        }
    }

    private static void migrate(String url, List<Path> scripts) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
            for (Path script : scripts) {
                statement.executeUpdate(Files.readString(script));
            }
        }
    }

    private static Database tables() {
        // an INTEGER of SQLite holds 64 bits; sizes and times need them
        var integers = new ForcedType().withName("BIGINT").withIncludeTypes("(?i:INT|INTEGER)");
        return new Database().withName("org.jooq.meta.sqlite.SQLiteDatabase")
                .withExcludes(TABLES_WITHOUT_A_CLASS)
                .withOutputSchemaToDefault(true)
                .withForcedTypes(integers);
    }

    private static Generate whatIsUsed() {
        return new Generate().withRecords(true).withPojos(false).withDaos(false).withGeneratedAnnotation(false)
                .withImplicitJoinPathsToOne(false).withImplicitJoinPathsToMany(false)
                .withImplicitJoinPathsManyToMany(false).withImplicitJoinPathTableSubtypes(false);
    }
}
