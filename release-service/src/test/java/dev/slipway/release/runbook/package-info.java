@NullMarked
package dev.slipway.release.runbook;

import org.jspecify.annotations.NullMarked;
