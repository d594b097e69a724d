@NullMarked
package dev.slipway.cli.gateway;

import org.jspecify.annotations.NullMarked;
