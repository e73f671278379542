package app.holdfast.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What may be said against a set of sources. Each method returns one line for each fault, and none when all is tidy.
final class Tidiness {

    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final int LINE_CHARACTERS_MAX = 120;
    private static final int PARAMETERS_MAX = 5;

    private static final Set<String> EVERYTHING = Set.of("Exception", "Throwable", "Error");
    /// Where the work of a thread ends whatever happens in it: one class for each owner of threads, by its path.
    /// And where method handles are called, which declare to throw everything (ADR 132).
    private static final Set<String> BOUNDARIES = Set.of("core/src/main/java/app/holdfast/core/index/LinuxCalls.java",
            "core/src/main/java/app/holdfast/core/volume/MountPoll.java");

    private static final Pattern TO_DO = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b(?!.*(#|issue )\\d)");
    private static final Pattern OLD_COMMENT = Pattern.compile("^\\s*/\\*\\*");
    private static final Pattern BANNER = Pattern.compile("//\\s*[-=*#/]{4,}");
    private static final Pattern TEST_OF_NO_WORTH = Pattern.compile(
            "@Display[N]ame\\b|@Dis[a]bled\\b|\\bThread\\.sl[e]ep\\(|\\bMock[i]to\\b|void test[A-Z]\\w*\\(");
    private static final Pattern NULL_MARKED = Pattern.compile("(?m)^///.*\\S(?s:.*)^@NullMarked$");

    private final List<SourceFile> sources;
    /// Parsed when first asked for.
    private @Nullable List<SourceFile.Method> methods;

    Tidiness(List<SourceFile> sources) {
        this.sources = sources;
    }

    List<String> longFiles() {
        return sources.stream().filter(file -> file.lines().size() > FILE_LINES_MAX)
                .map(file -> file.path() + " has " + file.lines().size() + " lines").toList();
    }

    List<String> wideLines() {
        return linesWhere(line -> line.codePointCount(0, line.length()) > LINE_CHARACTERS_MAX, "is too wide");
    }

    List<String> longMethods() throws IOException {
        return methodsWhere(method -> method.lineCount() > METHOD_LINES_MAX, "is too long");
    }

    List<String> methodsOfManyParameters() throws IOException {
        return methodsWhere(method -> method.parameters() > PARAMETERS_MAX, "takes too many parameters");
    }

    List<String> catchesOfEverything() throws IOException {
        return methodsWhere(method -> !method.file().isTest() && !BOUNDARIES.contains(method.file().path())
                && method.caught().stream().anyMatch(EVERYTHING::contains), "catches everything");
    }

    List<String> intentionsWithoutAnIssue() {
        return linesWhere(line -> TO_DO.matcher(line).find(), "names no issue");
    }

    List<String> commentsOfAnotherStyle() {
        return linesWhere(line -> OLD_COMMENT.matcher(line).find() || BANNER.matcher(line).find(),
                "is a comment of another style");
    }

    List<String> testsOfNoWorth() {
        return new Tidiness(sources.stream().filter(SourceFile::isTest).toList())
                .linesWhere(line -> TEST_OF_NO_WORTH.matcher(line).find(),
                        "sleeps, mocks, is switched off or is misnamed");
    }

    /// Every package that is shipped says what it is for and that nothing in it is null unless marked.
    List<String> packagesThatSayNothing() {
        Map<String, List<SourceFile>> packages = sources.stream()
                .filter(file -> file.path().contains("/src/main/java/"))
                .collect(Collectors.groupingBy(file -> folder(file.path()), TreeMap::new, Collectors.toList()));
        return packages.entrySet().stream()
                .filter(entry -> entry.getValue().stream().noneMatch(Tidiness::saysWhatItIsFor))
                .map(entry -> entry.getKey() + " has no package-info that says what it is for and is @NullMarked")
                .toList();
    }

    private static boolean saysWhatItIsFor(SourceFile file) {
        return file.path().endsWith("/package-info.java") && NULL_MARKED.matcher(file.text()).find();
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private List<String> linesWhere(Predicate<String> fault, String what) {
        var faults = new ArrayList<String>();
        for (SourceFile file : sources) {
            List<String> lines = file.lines();
            IntStream.range(0, lines.size()).filter(i -> fault.test(lines.get(i)))
                    .mapToObj(i -> file.path() + ":" + (i + 1) + " " + what).forEach(faults::add);
        }
        return faults;
    }

    private List<String> methodsWhere(Predicate<SourceFile.Method> fault, String what)
            throws IOException {
        if (methods == null) {
            methods = SourceFile.methods(sources);
        }
        return methods.stream().filter(fault)
                .map(method -> "%s:%d %s.%s %s".formatted(method.file().path(), method.line(), method.type(),
                        method.name(), what))
                .toList();
    }
}
