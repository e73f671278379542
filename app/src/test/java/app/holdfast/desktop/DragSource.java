package app.holdfast.desktop;

import java.awt.Dimension;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.dnd.DnDConstants;
import java.awt.dnd.DragSourceAdapter;
import java.io.File;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/// Another program: a small window at the top left of the display, from which a file can be dragged.
final class DragSource {

    static final String TITLE = "Files of another program";

    private DragSource() {
    }

    /// @param words the file
    public static void main(String[] words) {
        SwingUtilities.invokeLater(() -> show(new File(words[0])));
    }

    private static void show(File file) {
        JLabel label = new JLabel(file.getName());
        label.setPreferredSize(new Dimension(280, 80));
        java.awt.dnd.DragSource.getDefaultDragSource().createDefaultDragGestureRecognizer(label,
                DnDConstants.ACTION_COPY, gesture -> gesture.startDrag(null, new Dragged(file),
                        new DragSourceAdapter() { }));
        JFrame frame = new JFrame(TITLE);
        frame.setUndecorated(true);
        frame.setAlwaysOnTop(true);
        frame.add(label);
        frame.pack();
        frame.setLocation(0, 0);
        frame.setVisible(true);
    }

    private record Dragged(File file) implements Transferable {

        @Override
        public DataFlavor[] getTransferDataFlavors() {
            return new DataFlavor[] {DataFlavor.javaFileListFlavor};
        }

        @Override
        public boolean isDataFlavorSupported(DataFlavor flavor) {
            return flavor.equals(DataFlavor.javaFileListFlavor);
        }

        @Override
        public List<File> getTransferData(DataFlavor flavor) throws UnsupportedFlavorException {
            if (!isDataFlavorSupported(flavor)) {
                throw new UnsupportedFlavorException(flavor);
            }
            return List.of(file);
        }
    }
}
