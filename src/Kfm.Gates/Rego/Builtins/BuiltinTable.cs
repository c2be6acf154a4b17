namespace Kfm.Gates.Rego.Builtins;

/// <summary>All builtins, gathered from the families. What is not here is an undefined function at compile time.</summary>
internal static class BuiltinTable
{
    private static readonly HashSet<string> Deprecated = new(
        ["all", "any", "cast_array", "cast_boolean", "cast_null", "cast_object", "cast_set", "cast_string", "net.cidr_overlap", "re_match", "set_diff"],
        StringComparer.Ordinal);

    // Types of references only: their collections are compiled ahead of time, so that a cold process need not.
    private static readonly Dictionary<string, Entry> Table = Build();

    internal static int? Arity(string name) => Table.TryGetValue(name, out var entry) ? entry.Arity : null;

    internal static Builtin? Find(string name) => Table.TryGetValue(name, out var entry) ? entry.Function : null;

    internal static bool IsDeprecated(string name) => Deprecated.Contains(name);

    private static Dictionary<string, Entry> Build()
    {
        var table = new Dictionary<string, Entry>(256, StringComparer.Ordinal);
        void Add(string name, int arity, Builtin function) => table.Add(name, new Entry(arity, function));
        Arithmetic.Register(Add);
        Comparisons.Register(Add);
        Aggregates.Register(Add);
        Types.Register(Add);
        Arrays.Register(Add);
        Sets.Register(Add);
        Objects.Register(Add);
        Strings.Register(Add);
        MoreStrings.Register(Add);
        Numbers.Register(Add);
        Bits.Register(Add);
        Encodings.Register(Add);
        Cryptography.Register(Add);
        JsonFunctions.Register(Add);
        Miscellany.Register(Add);
        Regexes.Register(Add);
        Semver.Register(Add);
        Units.Register(Add);
        Times.Register(Add);
        Globs.Register(Add);
        JsonPaths.Register(Add);
        Graphs.Register(Add);
        UrlQueries.Register(Add);
        Networks.Register(Add);
        NetworkSets.Register(Add);
        JsonPatches.Register(Add);
        Uris.Register(Add);
        Uuids.Register(Add);
        Jwt.Register(Add);
        JwtSigning.Register(Add);
        AwsRequests.Register(Add);
        HttpRequests.Register(Add);
        RandomNumbers.Register(Add);
        GlobIntersection.Register(Add);
        RegexTemplates.Register(Add);
        X509.Certificates.Register(Add);
        JsonSchemas.Register(Add);
        GraphQl.GraphQlFunctions.Register(Add);
        Templates.TemplateRendering.Register(Add);
        YamlFunctions.Register(Add);
        RegoModules.Register(Add);
        return table;
    }

    private sealed record Entry(int Arity, Builtin Function);
}
