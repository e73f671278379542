package app.holdfast.core.vault.stronghold;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The key of a value in a Store: any bytes, mostly text.
public final class StoreKey {

    private final byte[] bytes;

    /// Takes the array over; nobody may change it afterwards.
    public StoreKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static StoreKey of(String text) {
        return new StoreKey(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The text, with a sign in place of what is none.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
