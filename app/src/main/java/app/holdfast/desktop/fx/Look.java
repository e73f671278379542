package app.holdfast.desktop.fx;

import app.holdfast.ui.Texts;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Window;

/// Fonts, stylesheet and colour scheme of every window.
///
/// The scheme is the system's, light or dark, and follows it while the program runs; the system property
/// `holdfast.scheme` (`light` or `dark`) overrules it.
public final class Look {

    private static final List<String> FONTS =
            List.of("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "JetBrainsMono-Regular");

    private Look() {
    }

    /// To be called once, before the first scene is made.
    public static void prepare() {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        for (String font : FONTS) {
            Font.loadFont(resource("fonts/" + font + ".ttf").toExternalForm(), 13);
        }
        // A popup has a scene of its own, and that scene does not inherit a forced scheme.
        Window.getWindows().addListener((ListChangeListener<Window>) change -> {
            while (change.next()) {
                for (Window window : change.getAddedSubList()) {
                    forced().ifPresent(scheme -> force(window.getScene(), scheme));
                }
            }
        });
    }

    /// Light, dark, or the system's again; holds at once, in every window.
    ///
    /// @param scheme `light`, `dark` or empty
    public static void choose(String scheme) {
        System.setProperty("holdfast.scheme", scheme);
        Window.getWindows().forEach(window -> {
            if (window.getScene() != null) {
                window.getScene().getPreferences().setColorScheme(forced().orElse(null));
            }
        });
    }

    public static void dress(Scene scene) {
        scene.getStylesheets().add(resource("holdfast.css").toExternalForm());
        forced().ifPresent(scheme -> force(scene, scheme));
    }

    private static Optional<ColorScheme> forced() {
        return switch (System.getProperty("holdfast.scheme", "")) {
            case "light" -> Optional.of(ColorScheme.LIGHT);
            case "dark" -> Optional.of(ColorScheme.DARK);
            default -> Optional.empty();
        };
    }

    private static void force(Scene scene, ColorScheme scheme) {
        if (scene != null) {
            scene.getPreferences().setColorScheme(scheme);
        }
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Texts.class.getResource(name), name);
    }
}
