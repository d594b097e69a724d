@NullMarked
package dev.slipway.cli.judge;

import org.jspecify.annotations.NullMarked;
