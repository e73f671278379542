import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/// Draws the program's mark, a holdfast: the root by which kelp keeps to its rock. As PNG for Linux, ICO for Windows
/// and ICNS for macOS, both of which hold PNGs.
///
/// Argument: the folder to write to.
final class DrawIcon {

    /// The mark is drawn on a square of this many units.
    private static final double UNITS = 512;
    private static final Color TOP = new Color(0x6270E8);
    private static final Color BOTTOM = new Color(0x4350C4);

    private DrawIcon() {
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Files.write(folder.resolve("holdfast.png"), png(512));
        Files.write(folder.resolve("holdfast.ico"), ico(256));
        var icns = new LinkedHashMap<String, byte[]>();
        icns.put("ic07", png(128));
        icns.put("ic08", png(256));
        icns.put("ic09", png(512));
        icns.put("ic10", png(1024));
        Files.write(folder.resolve("holdfast.icns"), icns(icns));
    }

    private static byte[] png(int size) throws IOException {
        var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(size / UNITS, size / UNITS);
        draw(pen);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static void draw(Graphics2D pen) {
        pen.setPaint(new GradientPaint(0, 24, TOP, 0, 488, BOTTOM));
        pen.fill(new RoundRectangle2D.Double(24, 24, 464, 464, 208, 208));
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(38, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        var strands = new Path2D.Double();
        strands.moveTo(256, 150);
        strands.lineTo(256, 392);
        for (int side : new int[] {-1, 1}) {
            strands.moveTo(256, 232);
            strands.curveTo(256 + side * 62, 250, 256 + side * 108, 300, 256 + side * 108, 384);
        }
        pen.draw(strands);
        pen.fill(new Ellipse2D.Double(256 - 36, 112, 72, 72));
    }

    /// One picture: a header, a directory of one, the PNG.
    private static byte[] ico(int size) throws IOException {
        byte[] png = png(size);
        var file = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) 1);
        // 0 stands for 256 pixels; no palette; one plane of 32 bits
        file.put((byte) size).put((byte) size).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
        file.putInt(png.length).putInt(22).put(png);
        return file.array();
    }

    private static byte[] icns(Map<String, byte[]> pictures) throws IOException {
        int length = 8 + pictures.values().stream().mapToInt(picture -> 8 + picture.length).sum();
        var bytes = new ByteArrayOutputStream(length);
        var file = new DataOutputStream(bytes);
        file.write("icns".getBytes(StandardCharsets.US_ASCII));
        file.writeInt(length);
        for (var picture : pictures.entrySet()) {
            file.write(picture.getKey().getBytes(StandardCharsets.US_ASCII));
            file.writeInt(8 + picture.getValue().length);
            file.write(picture.getValue());
        }
        return bytes.toByteArray();
    }
}
