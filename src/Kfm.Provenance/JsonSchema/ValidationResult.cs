namespace Kfm.Provenance.JsonSchema;

/// <summary>What a validation found.</summary>
/// <param name="IsValid">Whether the instance meets the schema. False as well when a limit stopped the validation.</param>
/// <param name="Errors">The errors in the order of the schema's evaluation, at most <see cref="SchemaOptions.MaxErrors"/>.</param>
public sealed record ValidationResult(bool IsValid, IReadOnlyList<ValidationError> Errors);
