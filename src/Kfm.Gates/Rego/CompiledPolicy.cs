using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Compile.Types;
using Kfm.Gates.Rego.Syntax;
using Kfm.Provenance.Digests;

namespace Kfm.Gates.Rego;

/// <summary>A compiled policy set: immutable and safe for use by many threads.</summary>
public sealed class CompiledPolicy
{
    private readonly TypeTree _types;

    internal CompiledPolicy(PolicyNode root, IReadOnlyList<Module> modules, TypeTree types, RegoOptions options, Digest digest)
    {
        Root = root;
        Modules = modules;
        _types = types;
        Options = options;
        Digest = digest;
    }

    /// <summary>The digest of the policy set, see <see cref="PolicySet"/>.</summary>
    public Digest Digest { get; }

    internal PolicyNode Root { get; }

    internal IReadOnlyList<Module> Modules { get; }

    internal RegoOptions Options { get; }

    /// <summary>Prepares a query, such as <c>data.kfm.decision</c> or <c>x := data.a.b; x > 1</c>.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="RegoCompileException">The query does not parse or compile.</exception>
    public PreparedQuery Prepare(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var errors = new List<RegoError>();
        try
        {
            var parsed = Parser.ParseQuery(query, Options.V0);
            var module = new Module("", new Location("", 1, 1), [], [], [], []);
            var body = new Resolver(module, Root, strict: false, errors).Resolve(parsed);
            PolicyCompiler.ThrowIfAny(errors);
            var functions = new FunctionNames(Root, Options, Root.Ids.Copy());
            var check = new FunctionCheck(functions, errors);
            Array.ForEach(body, check.Visit);
            PolicyCompiler.ThrowIfAny(errors);
            var (plan, collector) = new Planner(functions, errors).PlanQuery(body);
            PolicyCompiler.ThrowIfAny(errors);
            new TypeChecker(functions, _types, errors).Check(body);
            PolicyCompiler.ThrowIfAny(errors);
            return new PreparedQuery(this, query, plan, collector);
        }
        catch (RegoSyntaxException e)
        {
            throw new RegoCompileException(e.Errors);
        }
    }
}
