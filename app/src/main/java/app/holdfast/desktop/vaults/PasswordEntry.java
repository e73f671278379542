package app.holdfast.desktop.vaults;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javafx.scene.control.PasswordField;

/// A field for a password or a secret, which is taken out of it as bytes, never as a string of ours. What JavaFX keeps
/// of it is said in ADR 171.
final class PasswordEntry extends PasswordField {

    /// @param name for who cannot see it
    PasswordEntry(String name) {
        setAccessibleText(name);
        setMaxWidth(Double.MAX_VALUE);
    }

    boolean isBlank() {
        return getLength() == 0;
    }

    /// Empties the field.
    ///
    /// @return what was typed, in UTF-8; the caller wipes it
    byte[] take() {
        byte[] typed = bytes();
        clear();
        return typed;
    }

    /// Whether the other field holds the same.
    boolean isSame(PasswordEntry other) {
        return CharSequence.compare(getCharacters(), other.getCharacters()) == 0;
    }

    private byte[] bytes() {
        CharSequence typed = getCharacters();
        CharBuffer characters = CharBuffer.allocate(typed.length());
        for (int i = 0; i < typed.length(); i++) {
            characters.put(typed.charAt(i));
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(characters.flip());
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(characters.array(), '\0');
        return bytes;
    }
}
