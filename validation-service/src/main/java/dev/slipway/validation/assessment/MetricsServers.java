package dev.slipway.validation.assessment;

import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.validation.rule.Reading;
import java.util.List;

/** Asks servers that collect metrics. */
public interface MetricsServers {
    /** One reading per query, in order; trouble is an answer too. */
    List<Reading> ask(Querying querying) throws InterruptedException;

    /**
     * What is asked; a task's body.
     *
     * @param gate place of the gate in the question
     */
    record Querying(int gate, List<MetricQuery> queries) {
        public Querying {
            queries = List.copyOf(queries);
        }
    }
}
