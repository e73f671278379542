package app.holdfast.desktop.fx;

import app.holdfast.core.model.EntryKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// Which picture stands before a file's name: by what it is and how its name ends.
public final class Icons {

    private static final Map<String, Ikon> BY_EXTENSION = new HashMap<>();

    static {
        put(RemixiconAL.IMAGE_LINE, "jpg jpeg png gif webp avif heic heif tif tiff bmp svg raw cr2 cr3 nef arw dng psd"
                + " xcf");
        put(RemixiconAL.FILM_LINE, "mp4 mkv mov avi webm m4v mpg mpeg wmv");
        put(RemixiconAL.FILE_MUSIC_LINE, "mp3 flac ogg opus m4a wav aac wma mid");
        put(RemixiconAL.FILE_PDF_LINE, "pdf ps djvu");
        put(RemixiconAL.FILE_ZIP_LINE, "zip gz bz2 xz zst tar 7z rar tgz jar deb rpm iso dmg");
        put(RemixiconAL.FILE_TEXT_LINE, "txt md rst doc docx odt rtf tex log epub");
        put(RemixiconAL.FILE_LIST_LINE, "csv tsv xls xlsx ods numbers");
        put(RemixiconAL.FILE_CHART_LINE, "ppt pptx odp");
        put(RemixiconAL.FILE_CODE_LINE, "java kt c h cc cpp hpp rs go py rb js ts css html xml json yaml yml toml sh"
                + " bat sql gpx kml ini conf properties gradle swift php pl lua");
        put(RemixiconAL.FILE_LOCK_LINE, "stronghold kdbx gpg age pem key");
    }

    private Icons() {
    }

    public static Ikon of(EntryKind kind, String name) {
        return switch (kind) {
            case DIRECTORY -> RemixiconAL.FOLDER_LINE;
            case SYMLINK -> RemixiconAL.LINKS_LINE;
            case OTHER -> RemixiconAL.FILE_SETTINGS_LINE;
            case FILE -> BY_EXTENSION.getOrDefault(extension(name), RemixiconAL.FILE_LINE);
        };
    }

    /// What a device looks like is not known, so all look alike but this one.
    public static Ikon ofDevice(boolean self) {
        return self ? RemixiconMZ.MACBOOK_LINE : RemixiconAL.COMPUTER_LINE;
    }

    /// In lower case, without the dot; empty when there is none.
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static void put(Ikon ikon, String extensions) {
        List.of(extensions.split(" ")).forEach(extension -> BY_EXTENSION.put(extension, ikon));
    }
}
