using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Maps residual bodies to conditions over a parameter.</summary>
[RequiresUnreferencedCode("Properties are found by name.")]
[RequiresDynamicCode("Generic methods are made for the types of collections.")]
internal sealed class PredicateMapper
{
    private readonly PredicateOperands _operands;

    internal PredicateMapper(ParameterExpression parameter, string[] unknown) => _operands = new PredicateOperands(parameter, unknown);

    internal Expression Body(ReadOnlySpan<Expr> body)
    {
        Expression? all = null;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] is SomeInExpr some && some.Withs.Length == 0)
            {
                return And(all, Any(some, body[(i + 1)..]));
            }

            all = And(all, Test(body[i]));
        }

        return all ?? Expression.Constant(true);
    }

    private static Expression And(Expression? left, Expression right) => left is null ? right : Expression.AndAlso(left, right);

    private Expression Any(SomeInExpr some, ReadOnlySpan<Expr> rest)
    {
        var guards = new List<Expression>();
        var collection = _operands.Of(some.Domain, guards);
        var element = PredicateOperands.ElementType(collection.Type) ?? throw Refused(some.Domain, "it is no collection");
        if (some.Value is not VarTerm variable)
        {
            throw Refused(some.Value, "only variables iterate");
        }

        var parameter = Expression.Parameter(element, variable.Name);
        _operands.Declare(variable.Name, parameter);
        var body = Body(rest);

        // A member that is null is a value; only properties count as undefined when they are null.
        var any = Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [element], collection, Expression.Lambda(body, parameter));
        return guards.Append(any).Aggregate(Expression.AndAlso);
    }

    private Expression Test(Expr expr)
    {
        if (expr is not TermExpr { Withs.Length: 0 } term)
        {
            throw new ResidualMappingException($"'{ResidualText.Body([expr])}' does not map: it needs the policy.");
        }

        var test = term.Term is CallTerm call ? Call(call) : Truth(term.Term);
        return term.Negated ? Expression.Not(test) : test;
    }

    private Expression Truth(Term term)
    {
        var guards = new List<Expression>();
        var value = _operands.Of(term, guards);
        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (type == typeof(bool))
        {
            guards.Add(Expression.Convert(value, typeof(bool)));
        }

        return guards.Count == 0 ? Expression.Constant(true) : guards.Aggregate(Expression.AndAlso);
    }

    private Expression Call(CallTerm call)
    {
        var name = (call.Target as VarTerm)?.Name;
        switch (name, call.Arguments)
        {
            case ("eq", [VarTerm { IsWildcard: true }, var term]):
                return Defined(term);
            case ("equal", [CallTerm { Target: VarTerm { Name: "count" }, Arguments: [ComprehensionTerm { Value: ScalarTerm } none] }, ScalarTerm { Value: RegoNumber { Sign: 0 } }]):
                return Expression.Not(Body(none.Body));
            case ("internal.member_2", [var element, var collection]):
                return Member(element, collection);
            case ("startswith" or "endswith" or "contains", [var text, var part]):
                return Text(name, text, part);
            case (_, [var left, var right]) when Comparison(name) is { } kind:
                return Compare(kind, left, right);
            default:
                throw Refused(call, "the function does not map");
        }
    }

    private Expression Defined(Term term)
    {
        var guards = new List<Expression>();
        _operands.Of(term, guards);
        return guards.Count == 0 ? Expression.Constant(true) : guards.Aggregate(Expression.AndAlso);
    }

    private static ExpressionType? Comparison(string? name) => name switch
    {
        "equal" => ExpressionType.Equal,
        "neq" => ExpressionType.NotEqual,
        "lt" => ExpressionType.LessThan,
        "lte" => ExpressionType.LessThanOrEqual,
        "gt" => ExpressionType.GreaterThan,
        "gte" => ExpressionType.GreaterThanOrEqual,
        _ => null,
    };

    private Expression Compare(ExpressionType kind, Term left, Term right)
    {
        var guards = new List<Expression>();
        var (l, r) = _operands.Pair(left, right, guards);
        var equality = kind is ExpressionType.Equal or ExpressionType.NotEqual;
        if (l.Type != r.Type)
        {
            var differ = equality ? Expression.Constant(kind == ExpressionType.NotEqual) : throw Refused(left, "values of different kinds have no order here");
            return guards.Append(differ).Aggregate(Expression.AndAlso);
        }

        if (!equality && (l.Type == typeof(string) || l.Type == typeof(bool)))
        {
            throw Refused(left, "the order of strings and booleans does not map");
        }

        return guards.Append(Expression.MakeBinary(kind, l, r)).Aggregate(Expression.AndAlso);
    }

    private Expression Member(Term element, Term collection)
    {
        if (collection is ScalarTerm { Value: RegoArray or RegoSet } constants)
        {
            IEnumerable<RegoValue> values = constants.Value is RegoArray array ? array.Items : ((RegoSet)constants.Value).Sorted;
            var tests = values.Select(v => Compare(ExpressionType.Equal, element, new ScalarTerm(default, v))).ToList();
            return tests.Count == 0 ? Expression.Constant(false) : tests.Aggregate(Expression.OrElse);
        }

        var variable = new VarTerm(collection.Location, "member_" + ResidualText.Of(collection));
        return Any(
            new SomeInExpr(collection.Location, null, variable, collection),
            new Expr[] { new TermExpr(element.Location, Residual.Call("equal", variable, element)) });
    }

    private Expression Text(string name, Term text, Term part)
    {
        var guards = new List<Expression>();
        var (value, other) = (_operands.Of(text, guards), _operands.Of(part, guards));
        if (value.Type != typeof(string) || other.Type != typeof(string))
        {
            throw Refused(text, "it is no string");
        }

        var method = name switch
        {
            "startswith" => nameof(string.StartsWith),
            "endswith" => nameof(string.EndsWith),
            _ => nameof(string.Contains),
        };
        var call = Expression.Call(value, typeof(string).GetMethod(method, [typeof(string), typeof(StringComparison)])!, other, Expression.Constant(StringComparison.Ordinal));
        return guards.Append(call).Aggregate<Expression>(Expression.AndAlso);
    }

    private static ResidualMappingException Refused(Term term, string why) => new($"'{ResidualText.Of(term)}' does not map: {why}.");
}
