package app.holdfast.desktop.sync;

import app.holdfast.core.api.Throughput;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.chart.AreaChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// How fast was sent and received, as a picture of the last ten minutes. At most 120 points, drawn without symbols.
final class ThroughputCard extends VBox {

    private static final double KILO = 1_000;
    private static final double MINUTES = 10;

    private final XYChart.Series<Number, Number> sent = new XYChart.Series<>();
    private final XYChart.Series<Number, Number> received = new XYChart.Series<>();

    ThroughputCard(SyncModel model, Words words) {
        Nodes.styled(this, "card");
        HBox head = Nodes.row(12, Nodes.label(words.get(Text.SYNC_THROUGHPUT), "t-heading"),
                Nodes.label(words.get(Text.SYNC_THROUGHPUT_UNIT), "t-small muted"), Nodes.spring(),
                key(words.get(Text.SYNC_THROUGHPUT_SENT), "sent"),
                key(words.get(Text.SYNC_THROUGHPUT_RECEIVED), "received"));
        NumberAxis minutes = new NumberAxis(-MINUTES, 0, 2);
        minutes.setMinorTickVisible(false);
        NumberAxis rate = new NumberAxis();
        rate.setMinorTickVisible(false);
        rate.setForceZeroInRange(true);
        List.of(minutes, rate).forEach(axis -> axis.setTickLabelFormatter(new Counts(words)));
        AreaChart<Number, Number> chart = Nodes.styled(new AreaChart<>(minutes, rate), "throughput");
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendVisible(false);
        chart.setVerticalGridLinesVisible(false);
        chart.getData().add(sent);
        chart.getData().add(received);
        getChildren().addAll(head, chart);
        model.throughput().addListener((_, _, now) -> show(now));
        show(model.throughput().get());
    }

    /// Numbers as the language writes them.
    private static final class Counts extends StringConverter<Number> {
        private final Words words;

        private Counts(Words words) {
            this.words = words;
        }

        @Override
        public String toString(Number number) {
            return words.count(number.longValue());
        }

        @Override
        public Number fromString(String text) {
            throw new UnsupportedOperationException("an axis is not typed into");
        }
    }

    private static HBox key(String name, String classes) {
        return Nodes.row(6, Nodes.styled(new Region(), "chart-key " + classes), Nodes.label(name, "t-small muted"));
    }

    private void show(Throughput now) {
        fill(sent, now.sent(), now);
        fill(received, now.received(), now);
    }

    private static void fill(XYChart.Series<Number, Number> series, List<Long> rates, Throughput now) {
        double step = now.step().toSeconds() / 60.0;
        List<XYChart.Data<Number, Number>> points = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            points.add(new XYChart.Data<>(Math.max(-MINUTES, (i + 1 - rates.size()) * step), rates.get(i) / KILO));
        }
        series.getData().setAll(points);
    }
}
