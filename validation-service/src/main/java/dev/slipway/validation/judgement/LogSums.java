package dev.slipway.validation.judgement;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums of numbers far too large for a double, by their logarithms. A process that may begin anew in every block is the
 * recursion R ← (1 + R)·factor from R = 0; what is kept of it is ln(1 + R), which begins at 0 and is always a number.
 */
final class LogSums {
    private LogSums() {}

    /** ln of the mean of the exponentials. */
    static double meanOfExp(List<Double> logs) {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            max = Math.max(max, log);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - max);
        }
        return max + Math.log(sum / logs.size());
    }

    /** ln(1 + R) after one more block, from ln(1 + R) before. */
    static double restarted(double before, double logFactor) {
        double logR = before + logFactor;
        return logR > 0 ? logR + Math.log1p(Math.exp(-logR)) : Math.log1p(Math.exp(logR));
    }

    /** ln of the mean of the R, from their ln(1 + R). */
    static double meanOfRestarted(List<Double> logsOfOnePlus) {
        List<Double> logs = new ArrayList<>(logsOfOnePlus.size());
        for (double log : logsOfOnePlus) {
            logs.add(log == 0 ? Double.NEGATIVE_INFINITY : log + Math.log(-Math.expm1(-log)));
        }
        return meanOfExp(logs);
    }
}
