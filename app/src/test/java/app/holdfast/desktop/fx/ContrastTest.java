package app.holdfast.desktop.fx;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.ui.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WCAG 2.1, 1.4.3 and 1.4.11: text at 4.5:1, marks at 3:1, in both schemes, by the colours of the stylesheet itself.
final class ContrastTest {

    private static final double TEXT = 4.5;
    private static final double MARK = 3;
    private static final Pattern ROLE = Pattern.compile("(-(?:color|tag)-[a-z0-9-]+): (#[0-9a-f]{6})(?:[0-9a-f]{2})?;");
    private static final List<String> STATES = List.of("accent", "success", "warning", "danger", "sync", "idle");
    private static final List<String> TAGS =
            List.of("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink");

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyPairCanBeRead(String scheme) throws IOException {
        Map<String, Color> roles = roles(scheme);

        List<String> tooFaint = new ArrayList<>();
        for (String text : List.of("fg-default", "fg-muted", "fg-subtle")) {
            for (String under : List.of("bg-default", "bg-subtle", "bg-overlay", "selected")) {
                check(roles, text, under, TEXT, tooFaint);
            }
        }
        for (String state : STATES) {
            check(roles, state + "-fg", state + "-subtle", TEXT, tooFaint);
            check(roles, state + "-fg", "bg-default", TEXT, tooFaint);
            check(roles, state + "-emphasis", "bg-default", MARK, tooFaint);
        }
        check(roles, "fg-emphasis", "accent-emphasis", TEXT, tooFaint);
        check(roles, "danger-fg", "bg-overlay", TEXT, tooFaint);
        check(roles, "border-strong", "bg-default", MARK, tooFaint);

        assertThat(tooFaint).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyTagHasAColour(String scheme) throws IOException {
        Map<String, Color> roles = roles(scheme);

        assertThat(roles.keySet()).containsAll(TAGS.stream().map(tag -> "-tag-" + tag).toList());
    }

    private static void check(Map<String, Color> roles, String text, String under, double least, List<String> bad) {
        double a = luminance(roles, text) + 0.05;
        double b = luminance(roles, under) + 0.05;
        double ratio = Math.max(a, b) / Math.min(a, b);
        if (ratio < least) {
            bad.add("%s on %s is %.2f, needs %.1f".formatted(text, under, ratio, least));
        }
    }

    private static double luminance(Map<String, Color> roles, String role) {
        Color color = Objects.requireNonNull(roles.get("-color-" + role), role);
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double value) {
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /// Dark sets anew what differs from light.
    private static Map<String, Color> roles(String scheme) throws IOException {
        String css;
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream("holdfast.css"))) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        int end = css.indexOf("/* ---------- 2 type");
        Map<String, Color> roles = new HashMap<>();
        put(roles, css.substring(0, dark));
        if (scheme.equals("dark")) {
            put(roles, css.substring(dark, end));
        }
        return roles;
    }

    private static void put(Map<String, Color> roles, String css) {
        Matcher matcher = ROLE.matcher(css);
        while (matcher.find()) {
            roles.put(matcher.group(1), Color.web(matcher.group(2)));
        }
    }
}
