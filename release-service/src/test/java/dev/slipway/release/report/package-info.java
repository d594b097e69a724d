@NullMarked
package dev.slipway.release.report;

import org.jspecify.annotations.NullMarked;
