namespace Kfm.Provenance.JsonSchema;

/// <summary>A keyword of the dialects from <paramref name="First"/> to <paramref name="Last"/>.</summary>
/// <param name="Order">Keywords that read what others evaluated come later.</param>
/// <param name="Validation">Whether the keyword belongs to the validation vocabulary.</param>
/// <param name="Compile">Makes the check; null for keywords that another keyword reads or that only annotate.</param>
/// <param name="First">The first dialect that has it.</param>
/// <param name="Last">The last dialect that has it.</param>
internal sealed record KeywordRule(int Order, bool Validation, Func<KeywordSite, KeywordCheck?> Compile, SchemaDialect First, SchemaDialect Last);
