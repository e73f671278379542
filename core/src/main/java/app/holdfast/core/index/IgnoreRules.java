package app.holdfast.core.index;

import app.holdfast.core.volume.PathBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What of a location is left out, in the syntax of `.gitignore` (ADR 133): what systems put on every drive, and what
/// the file [#FILE] in the location's top says. Later rules win, so that the file can take a default back. Any thread.
public final class IgnoreRules {

    /// In the location's top.
    public static final String FILE = ".holdfastignore";
    /// More of the file is not read.
    private static final int BYTES_MAX = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(IgnoreRules.class);

    /// Trash, indexes and settings that systems keep on drives; nobody means them when adding a folder.
    private static final String DEFAULTS = """
            .Trash-*/
            .Trashes/
            $RECYCLE.BIN/
            System Volume Information/
            lost+found/
            .Spotlight-V100/
            .fseventsd/
            .TemporaryItems/
            .DocumentRevisions-V100/
            .DS_Store
            ._*
            Thumbs.db
            desktop.ini
            """;

    private final IgnoreNode rules;
    private final String never;
    private final byte[] identity;

    /// @param never a folder that no rule takes back, from the top; empty for none
    private IgnoreRules(byte[] own, String never) {
        this.never = never;
        this.identity = (DEFAULTS + '\0' + never + '\0' + new String(own, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.UTF_8);
        rules = new IgnoreNode();
        try {
            rules.parse(new ByteArrayInputStream(DEFAULTS.getBytes(StandardCharsets.UTF_8)));
            rules.parse(FILE, new ByteArrayInputStream(own));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    /// The defaults and what a text adds.
    static IgnoreRules of(String own) {
        return new IgnoreRules(own.getBytes(StandardCharsets.UTF_8), "");
    }

    /// Reads the rules of a location. Without the file, or when it cannot be read, the defaults hold. Asks the disk.
    public static IgnoreRules read(Path top) {
        return new IgnoreRules(ownRules(top), "");
    }

    /// The same, with the library's own folder left out whatever the file says: its files change with each thing that
    /// is written about them.
    ///
    /// @param library absolute and real, anywhere
    public static IgnoreRules read(Path top, Path library) {
        return new IgnoreRules(ownRules(top),
                library.startsWith(top) ? PathBytes.shown(top.relativize(library)) : "");
    }

    private static byte[] ownRules(Path top) {
        Path file = top.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] own = in.readNBytes(BYTES_MAX + 1);
            if (own.length > BYTES_MAX) {
                LOG.warn("rules are longer than {} bytes and not taken file={}", BYTES_MAX, file);
                return new byte[0];
            }
            return own;
        } catch (IOException e) {
            LOG.warn("rules cannot be read file={} cause={}", file, e.getMessage());
            return new byte[0];
        }
    }

    /// Bytes that only rules have which leave out the same.
    byte[] identity() {
        return identity.clone();
    }

    /// @param path from the location's top, separated by `/`, of something whose folder is not left out
    public boolean leavesOut(String path, boolean isFolder) {
        return isFolder && !never.isEmpty() && path.equals(never)
                || Boolean.TRUE.equals(rules.checkIgnored(path, isFolder));
    }
}
