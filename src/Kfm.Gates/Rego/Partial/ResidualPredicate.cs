using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Kfm.Gates.Rego;

/// <summary>
/// Turns a residual into an expression tree, for queryable sources and for compiled filters. What maps: comparisons of properties with constants and with each
/// other, membership, prefixes, suffixes and parts of strings, truth, negation, iteration over collections. A property that is null counts as undefined.
/// The rest is refused: calls of other functions or rules, order of strings, comparison with null. It finds properties by reflection, which trimming
/// and ahead-of-time compilation do not foresee.
/// </summary>
[RequiresUnreferencedCode("Properties are found by name.")]
[RequiresDynamicCode("Generic methods are made for the types of collections.")]
public static class ResidualPredicate
{
    /// <summary>Makes the predicate.</summary>
    /// <typeparam name="T">The type that stands for the unknown place; its properties are found by name, without regard to case, underscores and hyphens.</typeparam>
    /// <param name="residual">The result of a partial evaluation.</param>
    /// <param name="unknown">The unknown place that a T stands for, such as <c>input.resource</c>.</param>
    /// <exception cref="ResidualMappingException">A part does not map.</exception>
    public static Expression<Func<T, bool>> Create<T>(PartialResult residual, string unknown = "input")
    {
        ArgumentNullException.ThrowIfNull(residual);
        ArgumentNullException.ThrowIfNull(unknown);
        var parameter = Expression.Parameter(typeof(T), "it");
        var mapper = new Partial.PredicateMapper(parameter, unknown.Split('.')[1..]);
        Expression body = Expression.Constant(false);
        foreach (var query in residual.Bodies)
        {
            var one = mapper.Body([.. query]);
            body = body is ConstantExpression ? one : Expression.OrElse(body, one);
        }

        return Expression.Lambda<Func<T, bool>>(body, parameter);
    }
}
