package app.holdfast.planted.peer;

import java.security.MessageDigest;
import java.security.Signature;

/// Does cryptography outside its rooms.
public record Signs(Signature signature, MessageDigest hash) {
}
