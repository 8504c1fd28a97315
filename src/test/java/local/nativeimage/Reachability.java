package local.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/**
 * Which methods of an executable can run: rapid type analysis, from its main class, what Quarkus generated, and all that is
 * registered for reflection. A call on an object leads to the method of each class of which an object may have been made.
 *
 * <p>It finds more than {@code native-image} does, which follows values too. What the JDK does is not followed, but what it
 * may call back is taken as called.
 *
 * @see <a href="https://doi.org/10.1145/236337.236371">Bacon, Sweeney: Fast static analysis of C++ virtual function calls</a>
 */
public final class Reachability {

    private static final Method START = new Method("start", "", "");
    /** Of the way to a method, as much as is shown. */
    private static final int SHOWN = 5;

    private final NativeSources sources;
    private final Map<String, ClassFile> classes;
    private final Map<Method, Method> callers = new LinkedHashMap<>();
    private final Deque<Method> waiting = new ArrayDeque<>();
    private final Set<String> created = new HashSet<>();
    private final Map<String, Set<Method>> dispatched = new HashMap<>();
    private final Map<String, Method> missing = new TreeMap<>();
    private final Map<String, Class<?>> platform = new HashMap<>();

    public Reachability(NativeSources sources, String main) {
        this.sources = sources;
        this.classes = sources.classes();
        for (ClassFile type : classes.values()) {
            supertypes(type)
                    .filter(classes::containsKey)
                    .forEach(name -> classes.get(name).subclasses.add(type.name));
        }
        reach(new Method(main.replace('.', '/'), "main", "([Ljava/lang/String;)V"), START);
        classes.values().stream()
                .filter(type -> type.name.startsWith("io/quarkus/runner/")
                        || type.name.startsWith("io/quarkus/deployment/steps/"))
                .filter(type -> !type.name.endsWith("/Feature"))
                .toList()
                .forEach(type -> register(type, true, true, Set.of()));
        sources.reflection().forEach(this::register);
        while (!waiting.isEmpty()) {
            follow(waiting.poll());
        }
    }

    /** Classes that reachable code names and that are not there, each with the way to who names it. */
    public Map<String, String> missing() {
        Map<String, String> ways = new TreeMap<>();
        missing.forEach((type, by) -> ways.put(type.replace('/', '.'), way(by)));
        return ways;
    }

    /** Reachable classes whose initialization makes a thread, a pool of threads or a source of random numbers, with what it does. */
    public Map<String, String> lively() {
        Map<String, String> found = new TreeMap<>();
        callers.keySet().stream()
                .filter(method -> method.name().equals(Method.INITIALIZER))
                .forEach(initializer -> liveliness(initializer)
                        .ifPresent(what -> found.put(initializer.owner().replace('/', '.'), what)));
        return found;
    }

    /** Services that reachable code names as classes, so that it may look for their providers. */
    public Set<String> services() {
        return callers.keySet().stream()
                .flatMap(method -> code(method).constants.stream())
                .map(type -> type.replace('/', '.'))
                .filter(sources.services()::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void register(JsonNode entry) {
        ClassFile type = classes.get(entry.path("name").asText().replace('.', '/'));
        if (type != null) {
            Set<String> methods = new HashSet<>();
            entry.path("methods")
                    .forEach(method -> methods.add(method.path("name").asText()));
            register(
                    type,
                    is(entry, "allDeclaredConstructors") || is(entry, "allPublicConstructors"),
                    is(entry, "allDeclaredMethods") || is(entry, "allPublicMethods"),
                    methods);
        }
    }

    private static boolean is(JsonNode entry, String flag) {
        return entry.path(flag).asBoolean();
    }

    private void register(ClassFile type, boolean constructors, boolean methods, Set<String> names) {
        Method by = new Method(type.name, "(registered)", "");
        name(type.name, by);
        if (constructors || names.contains(Method.CONSTRUCTOR)) {
            create(type.name, by);
        }
        for (String signature : type.methods.keySet()) {
            Method method = method(type, signature);
            boolean all = method.name().equals(Method.CONSTRUCTOR) ? constructors : methods;
            if (all || names.contains(method.name())) {
                reach(method, by);
            }
        }
    }

    private void follow(Method method) {
        MethodCode code = code(method);
        code.types.forEach(type -> name(type, method));
        code.created.forEach(type -> create(type, method));
        code.direct.forEach(called -> {
            name(called.owner(), method);
            inherited(called.owner(), called.signature()).ifPresent(found -> reach(found, method));
        });
        for (Method called : code.virtual) {
            name(called.owner(), method);
            if (dispatched
                    .computeIfAbsent(called.owner(), owner -> new LinkedHashSet<>())
                    .add(called)) {
                subclasses(called.owner()).stream()
                        .filter(created::contains)
                        .forEach(type -> inherited(type, called.signature()).ifPresent(found -> reach(found, method)));
            }
        }
    }

    private void reach(Method method, Method by) {
        ClassFile type = classes.get(method.owner());
        if (type != null
                && type.methods.containsKey(method.signature())
                && !type.methods.get(method.signature()).isAbstract()
                && callers.putIfAbsent(method, by) == null) {
            waiting.add(method);
        }
    }

    /** Naming a class initializes it, as all are when the executable is built. */
    private void name(String descriptor, Method by) {
        String type = element(descriptor);
        if (type.length() > 1) {
            if (classes.containsKey(type)) {
                reach(new Method(type, Method.INITIALIZER, "()V"), by);
            } else if (platform(type) == null) {
                missing.putIfAbsent(type, by);
            }
        }
    }

    private void create(String type, Method by) {
        if (classes.containsKey(type) && created.add(type)) {
            name(type, by);
            for (String above : above(type)) {
                for (Method called : dispatched.getOrDefault(above, Set.of())) {
                    inherited(type, called.signature()).ifPresent(found -> reach(found, by));
                }
                Class<?> known = platform(above);
                if (!classes.containsKey(above) && known != null) {
                    callbacks(known)
                            .forEach(signature -> inherited(type, signature).ifPresent(found -> reach(found, by)));
                }
            }
        }
    }

    /** The method that a call on an object of this class comes to. */
    private Optional<Method> inherited(String type, String signature) {
        for (String above : above(type)) {
            ClassFile found = classes.get(above);
            if (found != null
                    && found.methods.containsKey(signature)
                    && !found.methods.get(signature).isAbstract()) {
                return Optional.of(method(found, signature));
            }
        }
        return Optional.empty();
    }

    /** The class, its superclasses from below, and then all interfaces. */
    private Set<String> above(String type) {
        Set<String> above = new LinkedHashSet<>();
        for (String at = type; at != null; at = superclass(at)) {
            above.add(at);
        }
        Deque<String> rest = new ArrayDeque<>(above);
        while (!rest.isEmpty()) {
            for (String parent : interfaces(rest.poll())) {
                if (above.add(parent)) {
                    rest.add(parent);
                }
            }
        }
        return above;
    }

    private Set<String> subclasses(String type) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(List.of(type));
        while (!rest.isEmpty()) {
            String at = rest.poll();
            if (classes.containsKey(at) && found.add(at)) {
                rest.addAll(classes.get(at).subclasses);
            }
        }
        return found;
    }

    private static Stream<String> supertypes(ClassFile type) {
        return Stream.concat(Stream.ofNullable(type.superclass), type.interfaces.stream());
    }

    private String superclass(String type) {
        if (classes.containsKey(type)) {
            return classes.get(type).superclass;
        }
        Class<?> known = platform(type);
        return known == null || known.getSuperclass() == null ? null : Type.getInternalName(known.getSuperclass());
    }

    private List<String> interfaces(String type) {
        if (classes.containsKey(type)) {
            return classes.get(type).interfaces;
        }
        Class<?> known = platform(type);
        return known == null
                ? List.of()
                : Arrays.stream(known.getInterfaces())
                        .map(Type::getInternalName)
                        .toList();
    }

    /** What the JDK may call of an object of this class of its own. */
    private static Set<String> callbacks(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
                .map(method -> method.getName() + Type.getMethodDescriptor(method))
                .collect(Collectors.toSet());
    }

    private Class<?> platform(String type) {
        return platform.computeIfAbsent(type, name -> {
            try {
                return Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                return null;
            }
        });
    }

    private Optional<String> liveliness(Method initializer) {
        Map<Method, Method> from = new HashMap<>(Map.of(initializer, initializer));
        Deque<Method> rest = new ArrayDeque<>(List.of(initializer));
        while (!rest.isEmpty()) {
            Method method = rest.poll();
            MethodCode code = code(method);
            if (code != null) {
                List<String> lively = new ArrayList<>();
                code.created.stream().filter(this::isLively).forEach(lively::add);
                code.direct.stream()
                        .filter(called -> called.owner().equals("java/util/concurrent/Executors")
                                && called.name().startsWith("new"))
                        .forEach(called -> lively.add(called.toString()));
                if (!lively.isEmpty()) {
                    return Optional.of(lively + " in " + method + ", of " + classes.get(initializer.owner()).jar);
                }
                Stream.concat(code.direct.stream(), code.virtual.stream())
                        .filter(called -> !called.name().equals(Method.INITIALIZER))
                        .filter(callers::containsKey)
                        .filter(called -> from.putIfAbsent(called, method) == null)
                        .forEach(rest::add);
            }
        }
        return Optional.empty();
    }

    private boolean isLively(String type) {
        return above(type).stream()
                .anyMatch(above -> above.equals("java/lang/Thread")
                        || above.equals("java/util/Random")
                        || above.equals("java/util/SplittableRandom"));
    }

    private String way(Method to) {
        List<String> way = new ArrayList<>();
        for (Method at = to; at != null && !at.equals(START) && way.size() < SHOWN; at = callers.get(at)) {
            way.add(at.toString());
        }
        ClassFile type = classes.get(to.owner());
        return String.join(" < ", way) + (type == null ? "" : ", of " + type.jar);
    }

    private MethodCode code(Method method) {
        ClassFile type = classes.get(method.owner());
        return type == null ? null : type.methods.get(method.signature());
    }

    private static Method method(ClassFile type, String signature) {
        int parameters = signature.indexOf('(');
        return new Method(type.name, signature.substring(0, parameters), signature.substring(parameters));
    }

    private static String element(String descriptor) {
        String type = descriptor.replaceFirst("^\\[+", "");
        return type.length() < descriptor.length() && type.startsWith("L")
                ? type.substring(1, type.length() - 1)
                : type;
    }
}
