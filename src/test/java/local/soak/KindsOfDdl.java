package local.soak;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import local.life.DdlKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one word of {@code --kinds}; of what it gives picocli makes one list. */
final class KindsOfDdl implements ITypeConverter<Set<DdlKind>> {

    @Override
    public Set<DdlKind> convert(String word) {
        return switch (word.strip()) {
            case "none" -> EnumSet.noneOf(DdlKind.class);
            case "all" -> EnumSet.allOf(DdlKind.class);
            default ->
                Arrays.stream(DdlKind.values())
                        .filter(kind -> kind.toString().equals(word.strip()))
                        .findFirst()
                        .map(EnumSet::of)
                        .orElseThrow(() -> new TypeConversionException("'" + word + "' should be none, all or one of "
                                + Arrays.stream(DdlKind.values())
                                        .map(DdlKind::toString)
                                        .collect(Collectors.joining(", "))));
        };
    }
}
