@NullMarked
package dev.slipway.cli.ci;

import org.jspecify.annotations.NullMarked;
