package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.validation.evidence.stability.RunHistory;
import dev.slipway.validation.evidence.stability.TestPush;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs of branches in memory. */
final class RememberedRuns implements RunHistories {
    private final Map<Of, RunHistory> histories = new HashMap<>();

    @Override
    public void add(Of branch, TestPush push) {
        histories.put(branch, of(branch).with(push, new RunHistory.Bounds(100, 500)));
    }

    @Override
    public RunHistory of(Of branch) {
        return histories.getOrDefault(branch, RunHistory.NONE);
    }

    @Override
    public List<String> branches(ApplicationName application, String kind, @Nullable String suite) {
        return histories.keySet().stream()
                .filter(of -> of.application().equals(application)
                        && of.kind().equals(kind)
                        && Objects.equals(of.suite(), suite))
                .map(Of::branch)
                .filter(Objects::nonNull)
                .toList();
    }
}
