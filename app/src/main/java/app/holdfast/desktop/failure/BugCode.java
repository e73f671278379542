package app.holdfast.desktop.failure;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/// A short code of a bug that a person can read out and a search can find: the same bug has the same code on every
/// machine, because only its kind and the methods on its stack go into it.
final class BugCode {

    /// The frames nearest to the fault; further ones differ by how the program was started.
    private static final int FRAMES_MAX = 12;

    private BugCode() {
    }

    static String of(Throwable bug) {
        CRC32 sum = new CRC32();
        for (Throwable each = bug; each != null; each = each.getCause()) {
            add(sum, each.getClass().getName());
            StackTraceElement[] frames = each.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES_MAX, frames.length); i++) {
                add(sum, frames[i].getClassName() + "#" + frames[i].getMethodName());
            }
        }
        String digits = "%7s".formatted(Long.toString(sum.getValue(), 32)).replace(' ', '0').toUpperCase(Locale.ROOT);
        return digits.substring(0, 3) + "-" + digits.substring(3);
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update('\n');
    }
}
