package app.holdfast.desktop.fx;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;

/// A QR code, always dark on white: cameras expect it so.
public final class QrPicture extends StackPane {

    private static final Color INK = Color.web("#14161b");

    private QrPicture(QrCode code, int pixelsMax) {
        int scale = Math.max(1, pixelsMax / code.size);
        int side = code.size * scale;
        WritableImage image = new WritableImage(side, side);
        PixelWriter pixels = image.getPixelWriter();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                pixels.setColor(x, y, code.getModule(x / scale, y / scale) ? INK : Color.WHITE);
            }
        }
        getChildren().add(new ImageView(image));
        getStyleClass().add("qr");
        setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    /// @return empty when a QR code cannot hold so much
    public static Optional<QrPicture> of(String content, int pixelsMax) {
        try {
            return Optional.of(new QrPicture(QrCode.encodeText(content, QrCode.Ecc.LOW), pixelsMax));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }
}
