package dev.slipway.release.saga;

import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.GoldenTraces;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class GoldenTracesTest {
    @TestFactory
    Stream<DynamicTest> releases_read_as_their_traces() {
        return GoldenTraces.of(new ReleaseSaga(Examples.SAGA_LIMITS), Dossier.class, ReleaseInput.class)
                .in("release")
                .leavingOut("runbook") // RunbookPinsTest
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> applications_read_as_their_traces() {
        return GoldenTraces.of(
                        new ApplicationCore(Examples.APPLICATION_LIMITS), Application.class, ApplicationInput.class)
                .in("application")
                .tests();
    }
}
