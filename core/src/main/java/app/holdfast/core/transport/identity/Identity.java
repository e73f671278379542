package app.holdfast.core.transport.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Set;

import app.holdfast.core.model.DeviceId;
import app.holdfast.tls.Credentials;
import app.holdfast.tls.RawPublicKey;

/// The key by which other devices know this one.
///
/// The file holds the 32 bytes of the secret and nothing else. Where the file system knows permissions of POSIX, it
/// is made for its owner alone and is not read when others may read it; elsewhere (Windows) the profile folder it
/// lies in protects it.
public final class Identity {

    private final Credentials credentials;

    private Identity(Credentials credentials) {
        this.credentials = credentials;
    }

    /// Makes a new key and writes it to a file that does not exist yet. The file is there whole or not at all.
    ///
    /// @throws IdentityException when it exists, or cannot be written
    public static Identity create(Path file, SecureRandom random) throws IdentityException {
        byte[] seed = new byte[Credentials.SEED_BYTES];
        random.nextBytes(seed);
        try {
            write(file, seed);
            return new Identity(Credentials.fromSeed(seed));
        } catch (FileAlreadyExistsException e) {
            throw new IdentityException(file, "there is a key already");
        } catch (IOException e) {
            throw new IdentityException(file, "the key cannot be written: " + e.getMessage());
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// Reads the key that an earlier run wrote.
    ///
    /// @throws IdentityException when there is no file, others may read it, or it is not a key
    public static Identity read(Path file) throws IdentityException {
        byte[] seed = new byte[0];
        try {
            if (OwnerOnly.othersMayRead(file)) {
                throw new IdentityException(file, "others may read this device's key; make it private (chmod 600)");
            }
            try (InputStream in = Files.newInputStream(file)) {
                seed = in.readNBytes(Credentials.SEED_BYTES + 1);
            }
            if (seed.length != Credentials.SEED_BYTES) {
                throw new IdentityException(file, "not a key: it must be " + Credentials.SEED_BYTES + " bytes long");
            }
            return new Identity(Credentials.fromSeed(seed));
        } catch (NoSuchFileException e) {
            throw new IdentityException(file, "this device has no key");
        } catch (IOException e) {
            throw new IdentityException(file, "the key cannot be read: " + e.getMessage());
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    public DeviceId id() {
        return DeviceId.of(credentials.publicKey().bytes());
    }

    /// For the handshake and for nobody else.
    public Credentials credentials() {
        return credentials;
    }

    /// This device's signature, 64 bytes (RFC 8032). What is signed says what it is for.
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(credentials.privateKey());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign", e);
        }
    }

    /// Whether a device signed a message. False for whatever is no key or no signature.
    public static boolean isSignedBy(DeviceId device, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(RawPublicKey.of(device.bytes()).getPublicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Identity[" + id() + "]";
    }

    private static void write(Path file, byte[] seed) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, OwnerOnly.attributesFor(draft))) {
            ByteBuffer bytes = ByteBuffer.wrap(seed);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
