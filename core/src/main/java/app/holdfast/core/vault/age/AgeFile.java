package app.holdfast.core.vault.age;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Opens and makes age files that have one scrypt recipient. What goes in and comes out of here is wiped by the caller.
public final class AgeFile {

    public static final int FILE_KEY = 16;
    public static final int SALT = AgeHeader.SALT;
    public static final int NONCE = 16;
    /// What the engine writes.
    public static final int WORK_FACTOR_USUAL = 19;

    private static final int WORK_FACTOR_COUNTED = 52;
    private static final int TAG = 16;
    private static final int CHUNK = 65_536;
    private static final int KEY = 32;
    private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);

    private AgeFile() {
    }

    /// What opening will cost, as the header says. Nothing is derived.
    public static int workFactor(byte[] file) throws MalformedAge {
        return AgeHeader.read(file).workFactor();
    }

    /// Bytes of memory that a work factor takes; beyond what a number holds, the largest one.
    ///
    /// @param workFactor 0 to 63
    public static long memoryBytes(int workFactor) {
        return workFactor <= WORK_FACTOR_COUNTED ? Scrypt.memoryBytes(workFactor) : Long.MAX_VALUE;
    }

    /// The file key, which opens the payload and could write further ones. Costs what [#workFactor] says.
    ///
    /// @return empty when the passphrase is another
    /// @throws MalformedAge when the header was changed
    public static Optional<byte[]> fileKey(byte[] file, byte[] passphrase) throws MalformedAge {
        AgeHeader header = AgeHeader.read(file);
        byte[] wrap = wrappingKey(passphrase, header.salt(), header.workFactor());
        Optional<byte[]> fileKey;
        try {
            fileKey = open(wrap, new byte[12], header.body());
        } finally {
            Arrays.fill(wrap, (byte) 0);
        }
        if (fileKey.isPresent() && !MessageDigest.isEqual(mac(fileKey.get(), header.vouchedFor()), header.mac())) {
            Arrays.fill(fileKey.get(), (byte) 0);
            throw new MalformedAge("the header was changed", header.size() - 1L);
        }
        return fileKey;
    }

    /// What the file holds.
    public static byte[] payload(byte[] file, byte[] fileKey) throws MalformedAge {
        int at = AgeHeader.read(file).size();
        if (file.length < at + NONCE + TAG) {
            throw new MalformedAge("the payload ends too early", file.length);
        }
        byte[] key = payloadKey(fileKey, Arrays.copyOfRange(file, at, at + NONCE));
        at += NONCE;
        int chunks = (file.length - at + CHUNK + TAG - 1) / (CHUNK + TAG);
        int lastSize = file.length - at - (chunks - 1) * (CHUNK + TAG);
        boolean lastIsEmpty = chunks > 1 && lastSize <= TAG;
        if (lastSize < TAG || lastIsEmpty) {
            throw new MalformedAge("the payload ends within a chunk", file.length);
        }
        byte[] out = new byte[file.length - at - chunks * TAG];
        boolean whole = false;
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            for (int chunk = 0; chunk < chunks; chunk++) {
                int from = at + chunk * (CHUNK + TAG);
                boolean last = chunk == chunks - 1;
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), counter(chunk, last));
                try {
                    cipher.doFinal(file, from, last ? lastSize : CHUNK + TAG, out, chunk * CHUNK);
                } catch (AEADBadTagException e) {
                    throw new MalformedAge("a chunk was changed", from);
                }
            }
            whole = true;
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot open ChaCha20-Poly1305", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            if (!whole) {
                Arrays.fill(out, (byte) 0);
            }
        }
    }

    /// A header for a new file key. Costs what the work factor says.
    ///
    /// A salt and a passphrase may seal one file key and no other: the seal has no nonce of its own.
    public static byte[] header(byte[] passphrase, byte[] salt, int workFactor, byte[] fileKey) {
        byte[] wrap = wrappingKey(passphrase, salt, workFactor);
        try {
            byte[] body = seal(wrap, new IvParameterSpec(new byte[12]), fileKey);
            byte[] mac = mac(fileKey, AgeHeader.write(salt, workFactor, body, new byte[0]));
            return AgeHeader.write(salt, workFactor, body, mac);
        } finally {
            Arrays.fill(wrap, (byte) 0);
        }
    }

    /// The header of a file, to write another file with the same file key behind it.
    public static byte[] headerOf(byte[] file) throws MalformedAge {
        return AgeHeader.read(file).text();
    }

    /// @param header from [#header] or [#headerOf], for this file key
    /// @param nonce  16 bytes that were never used with this file key
    public static byte[] write(byte[] header, byte[] fileKey, byte[] nonce, byte[] payload) {
        int chunks = Math.max(1, (payload.length + CHUNK - 1) / CHUNK);
        byte[] key = payloadKey(fileKey, nonce);
        ByteBuffer out = ByteBuffer.allocate(header.length + NONCE + payload.length + chunks * TAG);
        out.put(header).put(nonce);
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            for (int chunk = 0; chunk < chunks; chunk++) {
                boolean last = chunk == chunks - 1;
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), counter(chunk, last));
                int size = last ? payload.length - chunk * CHUNK : CHUNK;
                out.position(out.position()
                        + cipher.doFinal(payload, chunk * CHUNK, size, out.array(), out.position()));
            }
            return out.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with ChaCha20-Poly1305", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] wrappingKey(byte[] passphrase, byte[] salt, int workFactor) {
        byte[] labelled = ByteBuffer.allocate(LABEL.length + salt.length).put(LABEL).put(salt).array();
        return Scrypt.derive(passphrase, labelled, workFactor, KEY);
    }

    private static byte[] payloadKey(byte[] fileKey, byte[] nonce) {
        return hkdf(fileKey, nonce, "payload");
    }

    private static byte[] mac(byte[] fileKey, byte[] text) {
        byte[] key = hkdf(fileKey, new byte[KEY], "header");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make an HMAC", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] hkdf(byte[] key, byte[] salt, String info) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(key).addSalt(salt).thenExpand(info.getBytes(StandardCharsets.US_ASCII), KEY));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot derive keys", e);
        }
    }

    private static IvParameterSpec counter(int chunk, boolean last) {
        return new IvParameterSpec(ByteBuffer.allocate(12).putInt(0).putInt(0).put((byte) (chunk >>> 16))
                .put((byte) (chunk >>> 8)).put((byte) chunk).put((byte) (last ? 1 : 0)).array());
    }

    private static byte[] seal(byte[] key, IvParameterSpec nonce, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), nonce);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with ChaCha20-Poly1305", e);
        }
    }

    private static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
            return Optional.of(cipher.doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot open ChaCha20-Poly1305", e);
        }
    }
}
