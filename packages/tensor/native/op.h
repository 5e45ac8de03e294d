// The part of TensorFlow's C interface that our ops need: inputs, outputs, and a name to be called by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

// As TensorFlow's headers declare them (tensorflow/c/kernels.h, ops.h, tf_status.h, tf_tensor.h), which are stable; declared
// here because a tier without headers has them too.
extern "C" {
struct TF_Status;
struct TF_Tensor;
struct TF_OpKernelContext;
struct TF_OpKernelConstruction;
struct TF_OpDefinitionBuilder;
struct TF_ShapeInferenceContext;
struct TF_KernelBuilder;
enum { TF_OK = 0, TF_INVALID_ARGUMENT = 3 };  // TF_Code
enum { TF_FLOAT = 1, TF_INT32 = 3 };         // TF_DataType

TF_Status* TF_NewStatus(void);
void TF_DeleteStatus(TF_Status*);
void TF_SetStatus(TF_Status*, int code, const char* message);
int TF_GetCode(const TF_Status*);
const char* TF_Message(const TF_Status*);

void* TF_TensorData(const TF_Tensor*);
int TF_NumDims(const TF_Tensor*);
int64_t TF_Dim(const TF_Tensor*, int index);
int64_t TF_TensorElementCount(const TF_Tensor*);
void TF_DeleteTensor(TF_Tensor*);

void TF_GetInput(TF_OpKernelContext*, int index, TF_Tensor**, TF_Status*);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext*, int index, int type, const int64_t* dims, int rank, size_t bytes, TF_Status*);
void TF_OpKernelContext_Failure(TF_OpKernelContext*, TF_Status*);
void TF_OpKernelConstruction_GetAttrInt32(TF_OpKernelConstruction*, const char* name, int32_t* value, TF_Status*);

TF_OpDefinitionBuilder* TF_NewOpDefinitionBuilder(const char* name);
void TF_OpDefinitionBuilderAddInput(TF_OpDefinitionBuilder*, const char* declaration);
void TF_OpDefinitionBuilderAddOutput(TF_OpDefinitionBuilder*, const char* declaration);
void TF_OpDefinitionBuilderAddAttr(TF_OpDefinitionBuilder*, const char* declaration);
void TF_OpDefinitionBuilderSetShapeInferenceFunction(TF_OpDefinitionBuilder*, void (*)(TF_ShapeInferenceContext*, TF_Status*));
void TF_ShapeInferenceContextSetUnknownShape(TF_ShapeInferenceContext*, TF_Status*);
void TF_RegisterOpDefinition(TF_OpDefinitionBuilder*, TF_Status*);
TF_KernelBuilder* TF_NewKernelBuilder(const char* op, const char* device, void* (*create)(TF_OpKernelConstruction*),
                                      void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*));
void TF_RegisterKernelBuilder(const char* name, TF_KernelBuilder*, TF_Status*);
}

namespace mdctr {

/// A tensor in row-major order; released with the object.
class Array {
 public:
  explicit Array(TF_Tensor* tensor) : tensor_(tensor), data_(tensor ? TF_TensorData(tensor) : nullptr) {}
  Array(Array&& other) noexcept : tensor_(other.tensor_), data_(other.data_) { other.tensor_ = nullptr; }
  Array(const Array&) = delete;
  ~Array() {
    if (tensor_) TF_DeleteTensor(tensor_);
  }

  int rank() const { return TF_NumDims(tensor_); }
  int64_t dim(int axis) const { return TF_Dim(tensor_, axis); }
  int64_t size() const { return TF_TensorElementCount(tensor_); }
  float* floats() const { return static_cast<float*>(data_); }
  int32_t* ints() const { return static_cast<int32_t*>(data_); }

 private:
  TF_Tensor* tensor_;
  void* data_;
};

/// What one call of an op works on. After a failure the pointers must not be used.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  Call(const Call&) = delete;
  ~Call() { TF_DeleteStatus(status_); }

  Array input(int index) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_);
    return Array(tensor);
  }

  /// Of 4-byte numbers.
  Array output(int index, std::initializer_list<int64_t> shape, int type = TF_FLOAT) {
    size_t bytes = 4;
    for (int64_t length : shape) bytes *= static_cast<size_t>(length);
    const int rank = static_cast<int>(shape.size());
    return Array(TF_AllocateOutput(context_, index, type, shape.begin(), rank, bytes, status_));
  }

  /// Of x's shape.
  Array outputLike(const Array& x, int index = 0) {
    int64_t shape[8] = {};
    for (int axis = 0; axis < x.rank(); axis++) shape[axis] = x.dim(axis);
    const size_t bytes = 4 * static_cast<size_t>(x.size());
    return Array(TF_AllocateOutput(context_, index, TF_FLOAT, shape, x.rank(), bytes, status_));
  }

  /// True where inputs or outputs could not be had, or `holds` is false; TensorFlow then reports it.
  bool failed(bool holds = true, const char* why = "") {
    if (!holds) TF_SetStatus(status_, TF_INVALID_ARGUMENT, why);
    if (TF_GetCode(status_) == TF_OK) return false;
    TF_OpKernelContext_Failure(context_, status_);
    return true;
  }

 private:
  TF_OpKernelContext* context_;
  TF_Status* status_;
};

/// Makes an op known to TensorFlow; returns what went wrong, or nothing. Inputs and outputs read "name: float", `attributes`
/// "name: int"; `create` makes of them what `compute` gets as its first argument, and `destroy` ends it.
inline std::string registerOp(const char* name, std::initializer_list<const char*> inputs,
                              std::initializer_list<const char*> outputs, void (*compute)(void*, TF_OpKernelContext*),
                              std::initializer_list<const char*> attributes = {},
                              void* (*create)(TF_OpKernelConstruction*) = nullptr, void (*destroy)(void*) = nullptr) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, &TF_ShapeInferenceContextSetUnknownShape);
  TF_RegisterOpDefinition(op, status);
  if (TF_GetCode(status) == TF_OK) {
    TF_KernelBuilder* kernel = TF_NewKernelBuilder(name, "CPU", create, compute, destroy);
    TF_RegisterKernelBuilder(name, kernel, status);
  }
  const std::string problem = TF_GetCode(status) == TF_OK ? "" : TF_Message(status);
  TF_DeleteStatus(status);
  return problem;
}

/// A number among an op's attributes.
inline int attribute(TF_OpKernelConstruction* construction, const char* name) {
  TF_Status* status = TF_NewStatus();
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, name, &value, status);
  TF_DeleteStatus(status);
  return value;
}

}  // namespace mdctr
