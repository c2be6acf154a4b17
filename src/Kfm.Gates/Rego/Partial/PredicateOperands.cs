using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Operands of a predicate: properties, variables of iterations, constants. Guards tell that nothing on the way is null.</summary>
[RequiresUnreferencedCode("Properties are found by name.")]
internal sealed class PredicateOperands(ParameterExpression parameter, string[] unknown)
{
    private readonly Dictionary<string, ParameterExpression> _variables = new(StringComparer.Ordinal);

    internal void Declare(string name, ParameterExpression variable) => _variables[name] = variable;

    internal Expression Of(Term term, List<Expression> guards)
    {
        switch (term)
        {
            case ScalarTerm { Value: RegoString text }:
                return Expression.Constant(text.Text);
            case ScalarTerm { Value: RegoBoolean flag }:
                return Expression.Constant(flag.Value);
            case ScalarTerm { Value: RegoNumber number }:
                return Number(number);
            case VarTerm variable when _variables.TryGetValue(variable.Name, out var found):
                return Guard(found, guards);
            case VarTerm { Name: "input" } when unknown.Length == 0:
                return parameter;
            case RefTerm { Head: VarTerm { Name: "input" } } reference when StartsWithUnknown(reference):
                return Steps(parameter, reference, unknown.Length, guards);
            case RefTerm { Head: VarTerm head } reference when _variables.TryGetValue(head.Name, out var start):
                return Steps(Guard(start, guards), reference, 0, guards);
            default:
                throw new ResidualMappingException($"'{ResidualText.Of(term)}' does not map to a property or a constant.");
        }
    }

    /// <summary>Two operands in a common type of numbers, where both are numbers.</summary>
    internal (Expression Left, Expression Right) Pair(Term left, Term right, List<Expression> guards)
    {
        var (l, r) = (Plain(Of(left, guards)), Plain(Of(right, guards)));
        if (!IsNumber(l.Type) || !IsNumber(r.Type) || l.Type == r.Type)
        {
            return (l, r);
        }

        var common = new[] { l.Type, r.Type } is var types && types.Contains(typeof(decimal)) && !types.Any(IsFloating) ? typeof(decimal)
            : types.Any(IsFloating) ? typeof(double)
            : types.Contains(typeof(ulong)) ? typeof(decimal) : typeof(long);
        return (Expression.Convert(l, common), Expression.Convert(r, common));
    }

    internal static Type? ElementType(Type type) => type == typeof(string) ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool IsFloating(Type type) => type == typeof(double) || type == typeof(float);

    private static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>The value of a nullable one, after its guard.</summary>
    private static Expression Plain(Expression value) =>
        Nullable.GetUnderlyingType(value.Type) is { } type ? Expression.Convert(value, type) : value;

    private static Expression Guard(Expression value, List<Expression> guards)
    {
        if (!value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null)
        {
            guards.Add(Expression.NotEqual(value, Expression.Constant(null, value.Type)));
        }

        return value;
    }

    private static ConstantExpression Number(RegoNumber number)
    {
        if (number.TryGetInt64(out var whole))
        {
            return Expression.Constant(whole);
        }

        return decimal.TryParse(number.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var exact)
            ? Expression.Constant(exact)
            : throw new ResidualMappingException($"{number.Text} is out of the range of decimals.");
    }

    private static Expression Steps(Expression value, RefTerm reference, int from, List<Expression> guards)
    {
        foreach (var step in reference.Path[from..])
        {
            var name = step is ScalarTerm { Value: RegoString text } ? text.Text
                : throw new ResidualMappingException($"'{ResidualText.Of(reference)}' does not map: a step is not a name.");
            var property = Property(value.Type, name)
                ?? throw new ResidualMappingException($"'{ResidualText.Of(reference)}' does not map: {value.Type.Name} has no property '{name}'.");
            value = Guard(Expression.Property(value, property), guards);
        }

        return value;
    }

    private static PropertyInfo? Property(Type type, string name)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return Array.Find(properties, p => p.Name == name) ?? Array.Find(properties, p => string.Equals(p.Name, Plain(name), StringComparison.OrdinalIgnoreCase));
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private bool StartsWithUnknown(RefTerm reference) => reference.Path.Length >= unknown.Length
        && unknown.Zip(reference.Path).All(static p => p.Second is ScalarTerm { Value: RegoString s } && s.Text == p.First);
}
