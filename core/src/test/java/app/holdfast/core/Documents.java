package app.holdfast.core;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What may be said against the texts beside the code: decisions, messages, notices, addresses.
///
/// @param texts the files by their path from the root
record Documents(Map<String, String> texts) {

    private static final String INDEX = "docs/adr/README.md";
    private static final Pattern DECISION = Pattern.compile("docs/adr/(\\d{4})-[a-z0-9-]+\\.md");
    private static final List<String> PARTS = List.of("Context", "Options", "Choice", "Price", "Proof");
    /// A page.
    private static final int DECISION_LINES_MAX = 60;

    private static final String WORDS = "ui-resources/src/main/resources/app/holdfast/ui/texts.properties";
    private static final String WORDS_DE = "ui-resources/src/main/resources/app/holdfast/ui/texts_de.properties";
    private static final String KEYS = "ui-resources/src/main/java/app/holdfast/ui/Text.java";
    private static final Pattern CONSTANTS = Pattern.compile("enum Text \\{([^;}]*)");

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<(?:dependency|path)>\\s*<groupId>[^<]*</groupId><artifactId>([^<]*)</artifactId>");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w.])/[w]ork/|registry[.]npm|repo1?[.]maven|[.]m2/repository");
    private static final Pattern TEXT_FILE = Pattern.compile(
            ".*(\\.(java|xml|md|properties|json|js|mjs|ts|sql|css|fxml|args|sh|py|config|desktop)|/run|holdfast)");

    List<String> untidyDecisions() {
        var faults = new ArrayList<String>();
        String index = texts.getOrDefault(INDEX, "");
        var numbers = new TreeSet<String>();
        texts.forEach((path, text) -> {
            var matcher = DECISION.matcher(path);
            if (matcher.matches()) {
                if (!index.contains("(" + path.substring("docs/adr/".length()) + ")")) {
                    faults.add(path + " is not in the index");
                }
                if (!numbers.add(matcher.group(1))) {
                    faults.add(path + " has the number of another");
                }
                PARTS.stream().filter(part -> !text.contains(part)).map(part -> path + " lacks its " + part)
                        .forEach(faults::add);
                if (text.lines().count() > DECISION_LINES_MAX) {
                    faults.add(path + " is longer than a page");
                }
            }
        });
        Pattern.compile("\\((\\d{4}-[^)]*)\\)").matcher(index).results().map(link -> "docs/adr/" + link.group(1))
                .filter(path -> !texts.containsKey(path)).map(path -> "the index names " + path).forEach(faults::add);
        return faults;
    }

    /// Every key has its constant, an English and a German text, and somebody who shows it.
    List<String> untidyMessages() throws IOException {
        var constants = constants();
        var keys = constants.stream().map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
                .collect(Collectors.toSet());
        var faults = new ArrayList<String>();
        for (String bundle : List.of(WORDS, WORDS_DE)) {
            var translated = keys(bundle);
            keys.stream().filter(key -> !translated.contains(key)).sorted()
                    .map(key -> bundle + " lacks " + key).forEach(faults::add);
            translated.stream().filter(key -> !keys.contains(key)).sorted()
                    .map(key -> bundle + " has " + key + ", which nobody knows").forEach(faults::add);
        }
        String app = texts.entrySet().stream().filter(file -> file.getKey().startsWith("app/src/main/java/"))
                .map(Map.Entry::getValue).collect(Collectors.joining());
        var words = Pattern.compile("\\W+").splitAsStream(app).collect(Collectors.toSet());
        constants.stream().filter(name -> !words.contains(name)).map(name -> "nobody shows " + name)
                .forEach(faults::add);
        return faults;
    }

    /// Every library that the parent names is in the notices, with a licence.
    List<String> missingNotices() {
        String notices = texts.getOrDefault("THIRD-PARTY.md", "");
        return DEPENDENCY.matcher(texts.getOrDefault("pom.xml", "")).results().map(match -> match.group(1))
                .filter(name -> !name.startsWith("holdfast-"))
                .filter(name -> !Pattern.compile("(?<![\\w-])" + name + "(?![\\w-])").matcher(notices).find())
                .map(name -> "THIRD-PARTY.md lacks " + name).toList();
    }

    /// Paths of the machine that something was written on, addresses of registries.
    List<String> addresses() {
        var faults = new ArrayList<String>();
        texts.forEach((path, text) -> text.lines().filter(line -> ADDRESS.matcher(line).find())
                .map(line -> path + ": " + line.strip()).forEach(faults::add));
        return faults;
    }

    static boolean isText(String path) {
        return TEXT_FILE.matcher(path).matches();
    }

    private Set<String> keys(String bundle) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(texts.getOrDefault(bundle, "")));
        return properties.stringPropertyNames();
    }

    private Set<String> constants() {
        String code = texts.getOrDefault(KEYS, "").lines().map(line -> line.replaceFirst("//.*", ""))
                .collect(Collectors.joining("\n"));
        var matcher = CONSTANTS.matcher(code);
        return !matcher.find() ? Set.of() : Arrays.stream(matcher.group(1).split(",")).map(String::strip)
                .filter(name -> !name.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
    }
}
