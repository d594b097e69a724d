#!/usr/bin/env bash
# Whether a component of a record may be null is lost when its type is nested and named by its outer class, and the record has a
# compact constructor: javac writes the annotation of "Outer.@Nullable Inner" at the field and the accessor, and not at the
# constructor's parameter, so NullAway takes that for one that may not be null, and refuses who passes null from another module.
# With the inner class imported, and with no constructor written, all is as declared.
# So: types of components that may be missing are named plainly.
# Seen with javac 25, NullAway 0.14.3, Error Prone 2.52.0, JSpecify 1.0.0. Needs a JDK 25 (JAVA_HOME).
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'END'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>seen</groupId><artifactId>seen</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.google.errorprone</groupId><artifactId>error_prone_core</artifactId><version>2.52.0</version></dependency>
    <dependency><groupId>com.uber.nullaway</groupId><artifactId>nullaway</artifactId><version>0.14.3</version></dependency>
    <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId><version>1.0.0</version></dependency>
  </dependencies>
</project>
END
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >/dev/null
mkdir -p a/shop b/shop
at() { # where the annotation stands at the constructor of a class
  "$javap" -v -cp classes "shop.$1" | sed -n "/public shop\\.$1(/,/^\$/p" | grep -oE ': (FIELD|METHOD_FORMAL_PARAMETER)' | tr -d ': \n'
}
cat >a/shop/Tea.java <<'END'
package shop;
public class Tea { public enum Sort { BLACK, GREEN } }
END
cat >a/shop/ByOuter.java <<'END'
package shop;
public record ByOuter(Tea.@org.jspecify.annotations.Nullable Sort sort) { public ByOuter { } }
END
cat >a/shop/Imported.java <<'END'
package shop;
import org.jspecify.annotations.Nullable;
import shop.Tea.Sort;
public record Imported(@Nullable Sort sort) { public Imported { } }
END
cat >a/shop/WithoutConstructor.java <<'END'
package shop;
public record WithoutConstructor(Tea.@org.jspecify.annotations.Nullable Sort sort) { }
END
cat >b/shop/Seen.java <<'END'
package shop;
import org.jspecify.annotations.Nullable;
class Seen {
    Object byOuter(Tea.@Nullable Sort sort) { return new ByOuter(sort); }
    Object imported(Tea.@Nullable Sort sort) { return new Imported(sort); }
    Object withoutConstructor(Tea.@Nullable Sort sort) { return new WithoutConstructor(sort); }
}
END
open=()
for package in api code comp file main model parser processing tree util; do
  open+=("-J--add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
done
open+=("-J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED" "-J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED")
javac="${JAVA_HOME:+$JAVA_HOME/bin/}javac"
javap="${JAVA_HOME:+$JAVA_HOME/bin/}javap"
"$javac" -cp 'lib/*' -d classes a/shop/*.java
"$javac" "${open[@]}" -XDcompilePolicy=simple --should-stop=ifError=FLOW -processorpath "$(echo lib/*.jar | tr ' ' ':')" \
  '-Xplugin:ErrorProne -XepDisableAllChecks -Xep:NullAway:WARN -XepOpt:NullAway:AnnotatedPackages=shop -XepOpt:NullAway:JSpecifyMode=true' \
  -cp 'classes:lib/*' -d classes b/shop/Seen.java 2>told || { cat told >&2; exit 1; }
refused=$(grep -oE 'new (ByOuter|Imported|WithoutConstructor)' told | sort -u | tr '\n' ' ')
places="$(at ByOuter) $(at Imported) $(at WithoutConstructor)"
echo "$("$javac" -version): by its outer class, imported, without a constructor: $places; NullAway 0.14.3 refuses null at: ${refused:-nothing}"
[ "$refused" = "new ByOuter " ] && [ "$places" = "FIELD METHOD_FORMAL_PARAMETER METHOD_FORMAL_PARAMETER" ] || { cat told >&2; echo "changed: this finding no longer holds" >&2; exit 1; }
