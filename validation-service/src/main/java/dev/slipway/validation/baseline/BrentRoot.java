package dev.slipway.validation.baseline;

import java.util.function.DoubleUnaryOperator;

/**
 * Where a function changes its sign (Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 4). Our own, as
 * the place that is found in a step depends on each guess before: the solver of commons-numbers begins in the middle and finds
 * another point of the same step, and Kayenta's numbers are those of a solver that begins at the ends.
 */
final class BrentRoot {
    private static final int STEPS_MAX = 1_000;

    private final DoubleUnaryOperator function;
    private final double tolerance;
    /** The best guess, the one before, and one on the other side of the root. */
    private double best;

    private double previous;
    private double across;
    private double atBest;
    private double atPrevious;
    private double atAcross;

    private BrentRoot(DoubleUnaryOperator function, double low, double high, double tolerance) {
        this.function = function;
        this.tolerance = tolerance;
        previous = low;
        atPrevious = function.applyAsDouble(low);
        best = high;
        atBest = function.applyAsDouble(high);
        across = previous;
        atAcross = atPrevious;
    }

    /** @param low where the function has the other sign than at {@code high} */
    static double of(DoubleUnaryOperator function, double low, double high, double tolerance) {
        return new BrentRoot(function, low, high, tolerance).find();
    }

    private double find() {
        for (int i = 0; i < STEPS_MAX; i++) {
            double lastStep = best - previous;
            if (Math.abs(atAcross) < Math.abs(atBest)) {
                swap();
            }
            double near = 2 * Math.ulp(1.0) * Math.abs(best) + tolerance / 2;
            double half = (across - best) / 2;
            if (Math.abs(half) <= near || atBest == 0) {
                return best;
            }
            boolean guess = Math.abs(lastStep) >= near && Math.abs(atPrevious) > Math.abs(atBest);
            double step = guess ? interpolated(half, lastStep, near) : half;
            move(Math.abs(step) < near ? Math.copySign(near, step) : step);
        }
        return best;
    }

    private void swap() {
        previous = best;
        best = across;
        across = previous;
        atPrevious = atBest;
        atBest = atAcross;
        atAcross = atPrevious;
    }

    /** By a line or an inverse parabola where that is a short step to the inside, else by half. */
    private double interpolated(double half, double lastStep, double near) {
        double width = 2 * half;
        double p;
        double q;
        double ratio = atBest / atPrevious;
        if (previous == across) {
            p = width * ratio;
            q = 1 - ratio;
        } else {
            double outer = atPrevious / atAcross;
            double inner = atBest / atAcross;
            p = ratio * (width * outer * (outer - inner) - (best - previous) * (inner - 1));
            q = (outer - 1) * (inner - 1) * (ratio - 1);
        }
        q = p > 0 ? -q : q;
        p = Math.abs(p);
        boolean isInside = p < 0.75 * width * q - Math.abs(near * q) / 2 && p < Math.abs(lastStep * q / 2);
        return isInside ? p / q : half;
    }

    private void move(double step) {
        previous = best;
        atPrevious = atBest;
        best += step;
        atBest = function.applyAsDouble(best);
        if ((atBest > 0 && atAcross > 0) || (atBest < 0 && atAcross < 0)) {
            across = previous;
            atAcross = atPrevious;
        }
    }
}
