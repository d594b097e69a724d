package dev.slipway.testkit;

import dev.slipway.platform.Pace;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * What a test awaits without naming a limit may take 20 s on a quiet machine, and as many times longer on a busy one as it
 * is slower ({@link Pace}). Found by JUnit's launcher in every module that has the test kit.
 */
public final class PatientTests implements LauncherSessionListener {
    private static final Duration QUIET = Duration.ofSeconds(20);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Pace.patience(QUIET));
    }
}
