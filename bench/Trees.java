import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Trees of files to measure with: the same for the same numbers, with names as people give them, in several scripts.
final class Trees {

    private static final int DEPTH_MAX = 12;
    private static final int TOP_FOLDERS = 50;
    private static final String[] WORDS = {"Urlaub", "Fotos", "Grüße", "日本語", "Rechnungen", "été", "notes", "Музыка",
            "Ψηφία", "über 100 %", "holiday", "invoice", "report final", "scan", "kitchen", "Weihnachten", "project",
            "draft", "budget", "garden", "Interview", "concert", "レシピ", "рецепты", "backup", "old letters"};
    private static final String[] ENDS = {"jpg", "jpg", "jpg", "png", "pdf", "txt", "docx", "mp3", "mp4", "zip"};

    private Trees() {
    }

    /// Makes a tree.
    ///
    /// @param bytes of each file; with 0 they are empty, which is quick
    static void make(Path top, int files, int folders, int bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Path> made = new ArrayList<>();
        Files.createDirectories(top);
        for (int i = 0; i < folders; i++) {
            Path parent = i < TOP_FOLDERS ? top : made.get(random.nextInt(i));
            if (parent.getNameCount() - top.getNameCount() >= DEPTH_MAX) {
                parent = top;
            }
            made.add(Files.createDirectory(parent.resolve(word(random) + " " + i)));
        }
        byte[] content = new byte[bytes];
        for (int i = 0; i < files; i++) {
            Path file = made.get(random.nextInt(folders)).resolve(name(random, i));
            if (bytes == 0) {
                Files.createFile(file);
            } else {
                Arrays.fill(content, (byte) i);
                System.arraycopy(Integer.toString(i).getBytes(), 0, content, 0, Integer.toString(i).length());
                Files.write(file, content);
            }
        }
    }

    /// A camera's name or a person's.
    static String name(SplittableRandom random, int number) {
        String end = ENDS[random.nextInt(ENDS.length)];
        return switch (random.nextInt(4)) {
            case 0 -> "IMG_%07d.%s".formatted(number, end);
            case 1 -> "%s %s %d.%s".formatted(word(random), word(random), number, end);
            case 2 -> "%d-%02d-%02d %s-%d.%s".formatted(2000 + random.nextInt(27), 1 + random.nextInt(12),
                    1 + random.nextInt(28), word(random), number, end);
            default -> "%s-%d.%s".formatted(word(random), number, end);
        };
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
