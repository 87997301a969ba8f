package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import java.util.List;

/** A profile as REST shows it. */
record ProfileView(String name, boolean strict, int readingsPerSecond, int burst, List<MetricBody> metrics)
        implements JsonAnswer {
    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.text("name", name)
                .flag("strict", strict)
                .whole("readingsPerSecond", readingsPerSecond)
                .whole("burst", burst)
                .list("metrics", metrics);
    }

    static ProfileView of(ProfileRow row) {
        return new ProfileView(row.name, row.strict, row.readingsPerSecond, row.burst, MetricRules.parse(row.metrics));
    }
}
