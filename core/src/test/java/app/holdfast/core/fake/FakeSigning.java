package app.holdfast.core.fake;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Signing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Signs by hashing the device's id with the message: as good as a key for devices that do not forge, and much faster.
///
/// @param device who signs
public record FakeSigning(DeviceId device) implements Signing {

    @Override
    public byte[] sign(byte[] message) {
        return signature(device, message);
    }

    @Override
    public boolean isBy(DeviceId signer, byte[] message, byte[] signature) {
        return Arrays.equals(signature, signature(signer, message));
    }

    private static byte[] signature(DeviceId signer, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(signer.hex().getBytes(StandardCharsets.US_ASCII));
            return digest.digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
