using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Compile.Types;
using Kfm.Gates.Rego.Partial;
using Kfm.Gates.Rego.Syntax;
using Kfm.Provenance.Digests;

namespace Kfm.Gates.Rego;

/// <summary>A compiled policy set: immutable and safe for use by many threads.</summary>
public sealed class CompiledPolicy
{
    private readonly TypeTree _types;
    private readonly IReadOnlyList<RegoModule> _sources;
    private object? _digest;

    internal CompiledPolicy(PolicyNode root, IReadOnlyList<Module> modules, TypeTree types, RegoOptions options, IReadOnlyList<RegoModule> sources)
    {
        Root = root;
        Modules = modules;
        _types = types;
        Options = options;
        _sources = sources;
    }

    /// <summary>The digest of the policy set, see <see cref="PolicySet"/>.</summary>
    public Digest Digest => (Digest)(_digest ??= PolicySet.Digest(_sources));

    internal PolicyNode Root { get; }

    internal IReadOnlyList<Module> Modules { get; }

    internal RegoOptions Options { get; }

    /// <summary>Prepares a query, such as <c>data.kfm.decision</c> or <c>x := data.a.b; x > 1</c>.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="RegoCompileException">The query does not parse or compile.</exception>
    public PreparedQuery Prepare(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (body, functions) = Resolve(query);
        var errors = new List<RegoError>();
        var (plan, collector) = new Planner(functions, errors).PlanQuery(body);
        PolicyCompiler.ThrowIfAny(errors);
        new TypeChecker(functions, _types, errors).Check(body);
        PolicyCompiler.ThrowIfAny(errors);
        return new PreparedQuery(this, query, plan, collector);
    }

    /// <summary>
    /// Evaluates what is known of a condition and keeps the rest. It supposes that rules do not conflict: where evaluation would end with a conflict,
    /// the residual may hold.
    /// </summary>
    /// <param name="query">The condition, such as <c>data.app.allow</c>: it holds when all its expressions are defined and not false.</param>
    /// <param name="input">What is known of the input; null for nothing.</param>
    /// <param name="options">The unknowns and limits; null for the defaults.</param>
    /// <exception cref="ArgumentException">An unknown does not begin with input.</exception>
    /// <exception cref="RegoCompileException">The query does not parse or compile.</exception>
    /// <exception cref="RegoEvaluationException">A known part was abandoned, or there are too many residual queries.</exception>
    public PartialResult PartialEvaluate(string query, RegoValue? input = null, PartialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var used = options ?? new PartialOptions();
        var unknowns = used.Unknowns.Select(static u => u.Split('.')).ToList();
        if (unknowns.Exists(static u => u[0] != "input"))
        {
            throw new ArgumentException("An unknown begins with input.", nameof(options));
        }

        var states = new PartialEvaluator(this, input, used, unknowns.ConvertAll(static u => u[1..])).Run(Resolve(query).Body);
        return new PartialResult(this, [.. states.Select(static s => Residual.Shorten(s.Residual)).DistinctBy(ResidualText.Body, StringComparer.Ordinal)]);
    }

    private (Expr[] Body, FunctionNames Functions) Resolve(string query)
    {
        var errors = new List<RegoError>();
        try
        {
            var parsed = Parser.ParseQuery(query, Options.V0);
            var module = new Module("", new Location("", 1, 1), [], [], [], []);
            var body = new Resolver(module, Root, Options with { Strict = false }, errors).Resolve(parsed);
            PolicyCompiler.ThrowIfAny(errors);
            var functions = new FunctionNames(Root, Options, Root.Ids.Copy());
            var check = new FunctionCheck(functions, errors);
            Array.ForEach(body, check.Visit);
            PolicyCompiler.ThrowIfAny(errors);
            return (body, functions);
        }
        catch (RegoSyntaxException e)
        {
            throw new RegoCompileException(e.Errors);
        }
    }
}
