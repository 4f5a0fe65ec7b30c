using FaultLab;

return await LabCommand.Run(args);
