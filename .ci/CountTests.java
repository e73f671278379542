import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Says how many tests ran, and fails when tests that were written did not: a green build in which the house rules
/// were silently skipped is worse than a red one.
///
/// A program of one file, the last step of `mvn verify`. Reads Surefire's reports, and the sources of the rules.
///
/// Arguments: the repository's root, the time the build began (older reports do not count), the name of the folders
/// that the reports are in, then Maven's two properties that skip tests.
final class CountTests {

    private static final Set<String> RULES = Set.of("core/src/test/java/app/holdfast/core/HouseRulesTest.java",
            "core/src/test/java/app/holdfast/core/TidyTest.java",
            "core/src/test/java/app/holdfast/core/DocumentsTest.java",
            "app/src/test/java/app/holdfast/desktop/HouseRulesTest.java");
    private static final Pattern TEST = Pattern.compile("(?m)^\\s*@Test\\b");

    private CountTests() {
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        var begun = FileTime.from(Instant.parse(arguments[1]));
        String folder = arguments[2];
        if (List.of(arguments).subList(3, arguments.length).contains("true")) {
            System.out.println("tests: skipped on purpose");
            return;
        }
        List<Path> reports = reports(root, begun, folder);
        var faults = new ArrayList<String>();
        if (print(root, reports) == 0) {
            faults.add("no test ran");
        }
        if (folder.equals("surefire-reports")) {
            for (String rules : RULES) {
                int written = (int) TEST.matcher(Files.readString(root.resolve(rules))).results().count();
                Path report = root.resolve(reportOf(rules, folder));
                int ran = reports.contains(report) ? new Counts(report).ran : 0;
                if (ran != written) {
                    faults.add(rules + " has " + written + " tests, of which " + ran + " ran");
                }
            }
        }
        faults.forEach(fault -> System.err.println("tests: " + fault));
        if (!faults.isEmpty()) {
            System.exit(1);
        }
    }

    private static List<Path> reports(Path root, FileTime begun, String folder) throws IOException {
        try (var files = Files.walk(root, 4)) {
            var reports = new ArrayList<Path>();
            for (Path file : files.filter(file -> file.getParent().endsWith(Path.of("target", folder))).toList()) {
                if (file.getFileName().toString().startsWith("TEST-")
                        && Files.getLastModifiedTime(file).compareTo(begun) >= 0) {
                    reports.add(file);
                }
            }
            return reports;
        }
    }

    /// A line for each module and one for all.
    private static int print(Path root, List<Path> reports)
            throws IOException, ParserConfigurationException, SAXException {
        var modules = new TreeMap<String, int[]>();
        for (Path report : reports) {
            int[] sum = modules.computeIfAbsent(root.relativize(report).getName(0).toString(), _ -> new int[2]);
            var counts = new Counts(report);
            sum[0] += counts.ran;
            sum[1] += counts.skipped;
        }
        int ran = modules.values().stream().mapToInt(sum -> sum[0]).sum();
        int skipped = modules.values().stream().mapToInt(sum -> sum[1]).sum();
        modules.forEach((module, sum) -> printLine(module, sum[0], sum[1]));
        printLine("in all", ran, skipped);
        // Maven has ended before this when one failed
        System.out.printf("%d passed, 0 failed, %d skipped%n", ran, skipped);
        return ran;
    }

    private static void printLine(String what, int ran, int skipped) {
        System.out.printf("tests: %-12s %5d ran, %d skipped%n", what, ran, skipped);
    }

    /// Where Surefire writes what became of a class of tests.
    private static String reportOf(String source, String folder) {
        String module = source.substring(0, source.indexOf('/'));
        String type = source.substring(source.indexOf("/java/") + "/java/".length(), source.lastIndexOf('.'));
        return module + "/target/" + folder + "/TEST-" + type.replace('/', '.') + ".xml";
    }

    private static final class Counts {

        final int ran;
        final int skipped;

        Counts(Path report) throws IOException, ParserConfigurationException, SAXException {
            DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            Element suite = parser.parse(report.toFile()).getDocumentElement();
            skipped = Integer.parseInt(suite.getAttribute("skipped"));
            ran = Integer.parseInt(suite.getAttribute("tests")) - skipped;
        }
    }
}
