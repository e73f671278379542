package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javafx.animation.PauseTransition;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.util.Duration;

/// Puts a secret on the clipboard for a while. On the JavaFX thread.
///
/// The clipboard is emptied after [#KEPT] or when the window is closed, if it still holds what was put there; a mark
/// beside the secret tells that, so the secret need not be kept for comparing. Programs that keep a history of the
/// clipboard are asked not to keep this (`x-kde-passwordManagerHint`); whether they follow is theirs.
final class SecretClipboard {

    static final Duration KEPT = Duration.seconds(30);
    static final DataFormat MARK = format("application/x-holdfast-secret");
    private static final DataFormat NO_HISTORY = format("x-kde-passwordManagerHint");

    private final Words words;
    private final Toasts toasts;
    private final PauseTransition waiting = new PauseTransition(KEPT);
    private long copies;

    SecretClipboard(Words words, Toasts toasts) {
        this.words = words;
        this.toasts = toasts;
        waiting.setOnFinished(_ -> clear());
    }

    /// Text is copied as it is, other bytes as hexadecimal digits.
    ///
    /// @param secret is wiped
    void put(byte[] secret, String name) {
        boolean text = isText(secret);
        ClipboardContent content = new ClipboardContent();
        content.putString(text ? new String(secret, StandardCharsets.UTF_8) : HexFormat.of().formatHex(secret));
        Arrays.fill(secret, (byte) 0);
        content.put(MARK, mark(++copies));
        content.put(NO_HISTORY, ByteBuffer.wrap("secret".getBytes(StandardCharsets.US_ASCII)));
        Clipboard.getSystemClipboard().setContent(content);
        waiting.playFromStart();
        toasts.news(words.get(text ? Text.VAULT_COPIED : Text.VAULT_COPIED_HEX, name),
                words.get(Text.VAULT_COPIED_DETAIL, (long) KEPT.toSeconds()));
    }

    /// Takes the secret off the clipboard, if it is there.
    void clear() {
        waiting.stop();
        Clipboard clipboard = Clipboard.getSystemClipboard();
        if (copies > 0 && mark(copies).equals(clipboard.getContent(MARK))) {
            clipboard.clear();
        }
    }

    private static String mark(long copy) {
        return "copy " + copy;
    }

    private static boolean isText(byte[] secret) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(secret));
        } catch (CharacterCodingException e) {
            return false;
        }
        boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r'
                && c != '\t');
        Arrays.fill(text.array(), '\0');
        return readable;
    }

    /// The toolkit knows a format once for the whole process.
    private static DataFormat format(String type) {
        DataFormat known = DataFormat.lookupMimeType(type);
        return known == null ? new DataFormat(type) : known;
    }
}
